#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

/// The linker leaves out resources of a static library that nobody names. A macro that must stand outside of
/// namespaces.
static void openResources() {
    Q_INIT_RESOURCE(commonplace);
}

namespace commonplace::ui {
namespace {

Tokens makeLight() {
    Tokens t;
    t.background = QColor(0xFB, 0xFA, 0xF7);
    t.panel = QColor(0xF3, 0xF1, 0xEB);
    t.raised = QColor(0xFF, 0xFF, 0xFF);
    t.line = QColor(0xE2, 0xDE, 0xD4);
    t.ink = QColor(0x23, 0x21, 0x1C);
    t.muted = QColor(0x6F, 0x6A, 0x5E);
    t.faint = QColor(0x9A, 0x94, 0x86);
    t.accent = QColor(0x1F, 0x5F, 0x5B);
    t.accentSoft = QColor(0xDC, 0xEB, 0xE8);
    t.onAccent = QColor(0xFF, 0xFF, 0xFF);
    t.mark = QColor(0xFC, 0xE9, 0xA9);
    t.good = QColor(0x2B, 0x77, 0x4B);  // #2E7D4F has 4.47:1 on panel
    t.bad = QColor(0xB3, 0x41, 0x2E);
    t.warning = QColor(0x8F, 0x62, 0x00);
    return t;
}

Tokens makeDark() {
    Tokens t;
    t.background = QColor(0x1B, 0x1C, 0x1E);
    t.panel = QColor(0x23, 0x25, 0x27);
    t.raised = QColor(0x2A, 0x2C, 0x2F);
    t.line = QColor(0x37, 0x39, 0x3D);
    t.ink = QColor(0xEC, 0xE9, 0xE2);
    t.muted = QColor(0xA7, 0xA3, 0x99);
    t.faint = QColor(0x7C, 0x79, 0x70);
    t.accent = QColor(0x7C, 0xC4, 0xBB);
    t.accentSoft = QColor(0x20, 0x40, 0x3D);
    t.onAccent = QColor(0x1B, 0x1C, 0x1E);
    t.mark = QColor(0x5A, 0x4A, 0x12);
    t.good = QColor(0x7C, 0xC7, 0x96);
    t.bad = QColor(0xF0, 0x90, 0x7E);
    t.warning = QColor(0xE3, 0xB8, 0x5C);
    t.dark = true;
    return t;
}

QPalette paletteOf(const Tokens& t) {
    QPalette palette;
    palette.setColor(QPalette::Window, t.background);
    palette.setColor(QPalette::WindowText, t.ink);
    palette.setColor(QPalette::Base, t.raised);
    palette.setColor(QPalette::AlternateBase, t.panel);
    palette.setColor(QPalette::Text, t.ink);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.panel);
    palette.setColor(QPalette::ButtonText, t.ink);
    palette.setColor(QPalette::BrightText, t.bad);
    palette.setColor(QPalette::Highlight, t.accentSoft);
    palette.setColor(QPalette::HighlightedText, t.ink);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.ink);
    palette.setColor(QPalette::Light, t.raised);
    palette.setColor(QPalette::Midlight, t.panel);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Dark, t.line);
    palette.setColor(QPalette::Shadow, t.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.faint);
    return palette;
}

/// resources/style.qss with @token names replaced; longer names first, so that @accentSoft is not @accent.
QString styleSheetOf(const Tokens& t) {
    QFile file(QStringLiteral(":/style.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> colours[] = {{"@background", t.background},
                                                      {"@panel", t.panel},
                                                      {"@raised", t.raised},
                                                      {"@line", t.line},
                                                      {"@ink", t.ink},
                                                      {"@muted", t.muted},
                                                      {"@faint", t.faint},
                                                      {"@accentSoft", t.accentSoft},
                                                      {"@accent", t.accent},
                                                      {"@onAccent", t.onAccent},
                                                      {"@mark", t.mark},
                                                      {"@good", t.good},
                                                      {"@bad", t.bad},
                                                      {"@warning", t.warning}};
    sheet.replace(QLatin1String("@theme"),
                  name(t.dark ? ThemeMode::Dark : ThemeMode::Light));  // in a file's name
    for (const auto& [token, colour] : colours) sheet.replace(QLatin1String(token), colour.name());
    return sheet;
}

/// The desktop's own font as it was before applyTheme() first scaled it.
const QFont& systemFont() {
    static const QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    return font;
}

/// Qt tells windows alone; the widgets in them that have a font of their own (scaled_font.h) would stay.
void tellEveryWidget() {
    for (QWidget* widget : QApplication::allWidgets()) {
        QEvent event(QEvent::ApplicationFontChange);
        if (!widget->isWindow()) QCoreApplication::sendEvent(widget, &event);
    }
}

constexpr double kBodyPoints = 13;

double pointsOf(TextSize size) {
    switch (size) {
        case TextSize::Small:
            return 11;
        case TextSize::Body:
            return kBodyPoints;
        case TextSize::Heading:
            return 15;
        case TextSize::Title:
            return 20;
    }
    return kBodyPoints;
}

}  // namespace

QString name(ThemeMode mode) {
    if (mode == ThemeMode::Light) return QStringLiteral("light");
    return mode == ThemeMode::Dark ? QStringLiteral("dark") : QStringLiteral("system");
}

ThemeMode parseThemeMode(const QString& name) {
    if (name == QLatin1String("light")) return ThemeMode::Light;
    return name == QLatin1String("dark") ? ThemeMode::Dark : ThemeMode::System;
}

const Tokens& tokens(ThemeMode mode) {
    static const Tokens light = makeLight();
    static const Tokens dark = makeDark();
    return mode == ThemeMode::Dark ? dark : light;
}

const Tokens& tokensFor(const QWidget& widget) {
    QColor window = widget.palette().color(QPalette::Window);
    // "background: transparent" in the style sheet makes a widget's own window colour a transparent black.
    if (window.alpha() == 0) window = QApplication::palette().color(QPalette::Window);
    const bool dark = window.lightness() < 128;
    return tokens(dark ? ThemeMode::Dark : ThemeMode::Light);
}

QFont textFont(TextSize size, TextWeight weight) {
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * pointsOf(size) / kBodyPoints);
    if (weight == TextWeight::Medium) font.setWeight(QFont::Medium);
    if (weight == TextWeight::Bold) font.setWeight(QFont::DemiBold);
    return font;
}

void applyTheme(QApplication& application, ThemeMode mode, double fontScale) {
    openResources();
    const Tokens& t = tokens(mode);
    if (application.style()->name() != QLatin1String("fusion"))
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QFont font = systemFont();
    font.setPointSizeF(font.pointSizeF() * fontScale);
    QApplication::setFont(font);
    QApplication::setPalette(paletteOf(t));
    application.setStyleSheet(styleSheetOf(t));
    // Also for the same size: a new style sheet gives widgets the fonts back that they had under the old one.
    tellEveryWidget();
}

ThemeMode systemTheme() {
    // org.freedesktop.appearance color-scheme: 1 means that the person prefers dark (XDG Settings portal).
    QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.portal.Desktop"), QStringLiteral("/org/freedesktop/portal/desktop"),
        QStringLiteral("org.freedesktop.portal.Settings"), QStringLiteral("Read"));
    question << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme");
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return ThemeMode::Light;
    constexpr int kPatienceMs = 100;  // asked once at start: a slow portal must not hold up the first paint
    const QDBusMessage answer = bus.call(question, QDBus::Block, kPatienceMs);
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) return ThemeMode::Light;
    QVariant value = answer.arguments().constFirst();
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value.toUInt() == 1 ? ThemeMode::Dark : ThemeMode::Light;
}

}  // namespace commonplace::ui
