#include "ui/window/welcome.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kWidth = 600;

/// A heading, a line of explanation, and a button on the right.
QFrame* choice(const QString& heading, const QString& text, const QVector<QPushButton*>& buttons,
               QWidget* parent) {
    auto* card = new QFrame(parent);
    card->setProperty("kind", QStringLiteral("card"));
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    row->setSpacing(2 * kGrid);
    auto* words = new QVBoxLayout;
    words->setSpacing(kGrid / 2);
    QLabel* head = textLabel(heading, LabelTone::Ink, card);
    setTextFont(*head, TextSize::Heading, TextWeight::Medium);
    words->addWidget(head);
    words->addWidget(textLabel(text, LabelTone::Muted, card));
    row->addLayout(words, 1);
    auto* column = new QVBoxLayout;
    column->setSpacing(kGrid);
    for (QPushButton* button : buttons) column->addWidget(button);
    row->addLayout(column);
    return card;
}

}  // namespace

Welcome::Welcome(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("welcome"));
    auto* folder = primaryButton(tr("Add a folder…"), this);
    folder->setObjectName(QStringLiteral("welcomeFolder"));
    setFocusProxy(folder);
    auto* sample = quietButton(tr("Add the samples"), this);
    sample->setObjectName(QStringLiteral("welcomeSample"));
    auto* quotes = quietButton(tr("Search and quote only"), this);
    quotes->setObjectName(QStringLiteral("welcomeQuotes"));
    auto* model = quietButton(tr("Set up a model…"), this);
    model->setObjectName(QStringLiteral("welcomeModel"));
    connect(folder, &QPushButton::clicked, this, &Welcome::addFolderRequested);
    connect(sample, &QPushButton::clicked, this, &Welcome::sampleRequested);
    connect(quotes, &QPushButton::clicked, this, &Welcome::quotesOnlyRequested);
    connect(model, &QPushButton::clicked, this, &Welcome::modelRequested);

    auto* inner = new QWidget(this);
    inner->setMaximumWidth(kWidth);
    auto* column = new QVBoxLayout(inner);
    column->setSpacing(2 * kGrid);
    column->addStretch(1);
    QLabel* heading = textLabel(tr("Ask your own documents"), LabelTone::Ink, inner);
    setTextFont(*heading, TextSize::Title, TextWeight::Bold);
    column->addWidget(heading);
    column->addWidget(
        textLabel(tr("Commonplace reads your PDFs and notes where they are, finds passages by word and by "
                     "meaning, and answers with quotations that you can check on their page. Everything "
                     "happens on this computer."),
                  LabelTone::Muted, inner));
    column->addSpacing(kGrid);
    column->addWidget(
        choice(tr("Drop a folder on this window"),
               tr("PDF, Markdown, HTML and text files in it become searchable within seconds, and are "
                  "followed from then on."),
               {folder}, inner));
    column->addWidget(
        choice(tr("Or look around first"),
               tr("A small sample library: a report, a manual, some notes, with questions to try."), {sample},
               inner));
    column->addWidget(
        choice(tr("Who writes the answers?"),
               tr("Without a language model you get the best sentences, word for word. A local or remote "
                  "model writes them out; you can choose one at any time."),
               {quotes, model}, inner));
    column->addStretch(2);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    row->addStretch(1);
    row->addWidget(inner, 8);
    row->addStretch(1);
}

}  // namespace commonplace::ui
