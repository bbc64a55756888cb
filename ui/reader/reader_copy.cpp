// What ReaderPane hands on: copied words, with and without their source, and places to ask about.
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include "ui/reader/page_view.h"
#include "ui/reader/reader_pane.h"
#include "ui/reader/text_view.h"

namespace commonplace::ui {

QString ReaderPane::selectedText() const {
    return isText() ? m_text->selectedText() : m_pages->selectedText();
}

void ReaderPane::copy() const {
    const QString text = selectedText();
    if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

void ReaderPane::copyWithSource(int page) const {
    const QString text = selectedText();
    const QString words = (text.isEmpty() ? litText() : text).simplified();
    if (words.isEmpty()) return;
    QGuiApplication::clipboard()->setText(tr("“%1” (%2)").arg(words, describe(placeOnPage(page))));
}

Place ReaderPane::placeOnPage(int page) const {
    Place place;
    place.sha256 = m_document.sha256;
    place.path = m_document.path;
    place.title = m_document.title;
    const bool paged = !isText() || m_document.pages.size() > 1;
    place.page = paged ? page + 1 : 0;
    place.pageLabel = m_document.pages.value(page).label;
    place.quote = selectedText().simplified();
    return place;
}

void ReaderPane::showMenu(const QPoint& global, int page) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("readerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool chosen = !selectedText().isEmpty();
    QAction* copyAction = menu->addAction(tr("Copy"), this, [this] { copy(); });
    copyAction->setEnabled(chosen);
    QAction* sourceAction =
        menu->addAction(tr("Copy with source"), this, [this, page] { copyWithSource(page); });
    sourceAction->setEnabled(chosen || !litText().isEmpty());
    menu->addSeparator();
    const bool paged = placeOnPage(page).page > 0;
    QAction* ask = menu->addAction(paged ? tr("Ask about this page") : tr("Ask about this document"), this,
                                   [this, place = placeOnPage(page)] { emit askAbout(place); });
    ask->setObjectName(QStringLiteral("readerAskAbout"));
    menu->addSeparator();
    menu->addAction(tr("Find in this document"), this, [this] { startFind(); });
    menu->addAction(tr("Open in the system's viewer"), this,
                    [this] { emit openExternally(m_document.path); });
    menu->popup(global);
}

}  // namespace commonplace::ui
