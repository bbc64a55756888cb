#include "ui/window/window_state.h"

#include <QSettings>
#include <utility>

namespace commonplace::ui {
namespace {

constexpr int kSoonMs = 1000;

QString fileOr(const QString& file) {
    if (!file.isEmpty()) return file;
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("commonplace"),
                     QStringLiteral("window"))
        .fileName();
}

}  // namespace

WindowState::WindowState(const QString& file, QObject* parent) : QObject(parent), m_file(fileOr(file)) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    connect(&m_soon, &QTimer::timeout, this, &WindowState::save);
    m_files = std::jthread([this](const std::stop_token& end) {
        read();
        write(end);
    });
}

WindowState::~WindowState() {
    save();
    m_files.request_stop();
    m_files.join();
}

void WindowState::read() {
    const QSettings stored(m_file, QSettings::IniFormat);
    for (const QString& key : stored.allKeys()) m_values.insert(key, stored.value(key));
    m_isRead.count_down();
}

QVariant WindowState::value(const QString& key, const QVariant& otherwise) const {
    m_isRead.wait();
    return m_values.value(key, otherwise);
}

void WindowState::setValue(const QString& key, const QVariant& value) {
    m_isRead.wait();
    if (m_values.contains(key) && m_values.value(key) == value) return;
    m_values.insert(key, value);
    m_unsaved.insert(key, value);
    m_soon.start();
}

void WindowState::save() {
    m_soon.stop();
    if (m_unsaved.isEmpty()) return;
    {
        const std::scoped_lock lock(m_mutex);
        m_due.insert(std::exchange(m_unsaved, {}));
    }
    m_waiting.notify_one();
}

void WindowState::write(const std::stop_token& end) {
    for (;;) {
        Values due;
        {
            std::unique_lock lock(m_mutex);
            if (!m_waiting.wait(lock, end, [this] { return !m_due.isEmpty(); })) return;
            due = std::exchange(m_due, {});
        }
        QSettings file(m_file, QSettings::IniFormat);
        for (auto at = due.cbegin(); at != due.cend(); ++at) file.setValue(at.key(), at.value());
        file.sync();
    }
}

}  // namespace commonplace::ui
