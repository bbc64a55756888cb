// ReaderBridge: one document to look at: its pages as images or text, where its words stand, what to light
// up, finding.
//
// Everything is asked for and arrives later by a signal; what belongs to a document that is no longer open
// never arrives. Thread: lives in the GUI thread, its signals arrive there.
#pragma once

#include <QImage>
#include <QObject>
#include <QSet>
#include <QVector>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "ui/bridge/lane.h"
#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

class ReaderDesk;

class ReaderBridge final : public QObject {
    Q_OBJECT
  public:
    explicit ReaderBridge(Host& host, QObject* parent = nullptr);
    ~ReaderBridge() override;

    /// documentOpened() follows with the ticket returned here, unless another document is opened first.
    int open(const Place& place);
    /// Nothing is open any more.
    void close();

    /// The images that are wanted now, the most wanted first: pageRendered() or pageFailed() follows for
    /// each, in that order. Replaces every earlier wish that is not being drawn already: what was scrolled
    /// away is not drawn.
    void wantPages(const QVector<PageWish>& wishes);
    /// pageWords() follows. Asking twice is asking once.
    void wantWords(int page);
    /// marksReady() follows, for places in the open document.
    void wantMarks(const Place& place);
    /// found() follows, unless a newer search comes first.
    void find(const QString& query);

  signals:
    void documentOpened(const commonplace::ui::OpenedDocument& document);
    /// `wishedWidth`: as in PageWish; the image of a large page is smaller.
    void pageRendered(int page, const QImage& image, int wishedWidth);
    void pageFailed(int page, const QString& reason);
    void pageWords(const commonplace::ui::PageWords& words);
    void marksReady(const commonplace::ui::Place& place, const commonplace::ui::PlaceMarks& marks);
    void found(const commonplace::ui::FindResults& results);
    /// The library cannot be opened.
    void failed(const QString& reason);

  private:
    /// Runs in the GUI thread, if the document of that ticket is still open then.
    void deliver(int ticket, std::function<void()> work);
    bool isStale(int ticket) const { return ticket != m_ticket; }
    void renderNext(int ticket);
    void searchTexts(int ticket, int search, const QString& query, std::shared_ptr<const QStringList> texts);

    Host& m_host;
    std::atomic<int> m_ticket = 0;
    std::atomic<int> m_search = 0;
    QSet<int> m_wordsWanted;
    std::unique_ptr<ReaderDesk> m_desk;  // of the page lane's thread
    std::mutex m_wishMutex;
    QVector<PageWish> m_wishes;   // guarded by m_wishMutex
    bool m_renderPosted = false;  // guarded by m_wishMutex
    Lane m_findLane;
    Lane m_pageLane;  // last: their threads end before the rest goes
};

}  // namespace commonplace::ui
