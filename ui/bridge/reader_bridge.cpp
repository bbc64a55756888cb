#include "ui/bridge/reader_bridge.h"

#include <QMetaObject>

#include "engine/library/library.h"
#include "ui/bridge/host.h"
#include "ui/bridge/reader_desk.h"
#include "ui/bridge/reader_find.h"

namespace commonplace::ui {

ReaderBridge::ReaderBridge(Host& host, QObject* parent)
    : QObject(parent),
      m_host(host),
      m_findLane(host, [](const QString&) {}),
      m_pageLane(host, [this](const QString& reason) {
          const QString why = reason.isEmpty() ? tr("The library cannot be opened.") : reason;
          QMetaObject::invokeMethod(this, [this, why] { emit failed(why); });
      }) {
    qRegisterMetaType<OpenedDocument>();
    qRegisterMetaType<PageWords>();
    qRegisterMetaType<PlaceMarks>();
    qRegisterMetaType<FindResults>();
}

ReaderBridge::~ReaderBridge() {
    ++m_ticket;  // waiting jobs have nothing to do any more
}

void ReaderBridge::deliver(int ticket, std::function<void()> work) {
    QMetaObject::invokeMethod(
        this,
        [this, ticket, work = std::move(work)] {
            if (!isStale(ticket)) work();
        },
        Qt::QueuedConnection);
}

int ReaderBridge::open(const Place& place) {
    close();
    const int ticket = m_ticket;
    m_pageLane.post([this, ticket, place](library::Session& session, const std::stop_token& stop) {
        if (isStale(ticket)) return;
        if (!m_desk) {
            const library::Library& library = *m_host.waitForLibrary();
            m_desk = std::make_unique<ReaderDesk>(
                ReaderDesk::Means{m_host.options().program, library.settings().index.maxFileBytes});
        }
        OpenedDocument opened = m_desk->open(session, place, stop);
        opened.ticket = ticket;
        deliver(ticket, [this, opened] { emit documentOpened(opened); });
    });
    return ticket;
}

void ReaderBridge::close() {
    ++m_ticket;
    ++m_search;
    m_wordsWanted.clear();
    m_pageLane.cancel();
    m_findLane.cancel();
    const std::lock_guard lock(m_wishMutex);
    m_wishes.clear();
    m_renderPosted = false;
}

void ReaderBridge::wantPages(const QVector<PageWish>& wishes) {
    {
        const std::lock_guard lock(m_wishMutex);
        m_wishes = wishes;
        if (m_renderPosted || wishes.isEmpty()) return;
        m_renderPosted = true;
    }
    renderNext(m_ticket);
}

void ReaderBridge::renderNext(int ticket) {
    // One image a job, so that words and marks need not wait for all images that are wanted.
    m_pageLane.post([this, ticket](library::Session&, const std::stop_token& stop) {
        PageWish wish;
        {
            const std::lock_guard lock(m_wishMutex);
            if (isStale(ticket)) return;
            m_renderPosted = !m_wishes.isEmpty();
            if (m_wishes.isEmpty()) return;
            wish = m_wishes.takeFirst();
        }
        if (!m_desk) return;
        const auto image = m_desk->image(wish, stop);
        if (image)
            deliver(ticket,
                    [this, wish, drawn = *image] { emit pageRendered(wish.page, drawn, wish.pixelWidth); });
        else if (image.error().code() != ErrorCode::Cancelled)
            deliver(ticket, [this, wish, why = QString::fromStdString(image.error().message())] {
                emit pageFailed(wish.page, why);
            });
        renderNext(ticket);
    });
}

void ReaderBridge::wantWords(int page) {
    if (m_wordsWanted.contains(page)) return;
    m_wordsWanted.insert(page);
    const int ticket = m_ticket;
    m_pageLane.post([this, ticket, page](library::Session& session, const std::stop_token& stop) {
        if (isStale(ticket) || !m_desk) return;
        const auto words = m_desk->words(session, page, stop);
        if (words) deliver(ticket, [this, words = *words] { emit pageWords(words); });
    });
}

void ReaderBridge::wantMarks(const Place& place) {
    const int ticket = m_ticket;
    m_pageLane.post([this, ticket, place](library::Session& session, const std::stop_token& stop) {
        if (isStale(ticket) || !m_desk) return;
        const PlaceMarks marks = m_desk->marks(session, place, stop);
        deliver(ticket, [this, place, marks] { emit marksReady(place, marks); });
    });
}

void ReaderBridge::find(const QString& query) {
    const int ticket = m_ticket;
    const int search = ++m_search;
    m_findLane.cancel();
    m_pageLane.post([this, ticket, search, query](library::Session& session, const std::stop_token& stop) {
        if (isStale(ticket) || search != m_search || !m_desk) return;
        searchTexts(ticket, search, query, m_desk->texts(session, stop));
    });
}

void ReaderBridge::searchTexts(int ticket, int search, const QString& query,
                               std::shared_ptr<const QStringList> texts) {
    m_findLane.post([this, ticket, search, query, texts = std::move(texts)](library::Library&,
                                                                            const std::stop_token& stop) {
        const FindResults results = findInPages(query, *texts, stop);
        deliver(ticket, [this, search, results] {
            if (search == m_search) emit found(results);
        });
    });
}

}  // namespace commonplace::ui
