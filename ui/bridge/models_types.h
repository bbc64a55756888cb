// What the pages about models exchange: plain values, copied freely between threads.
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

namespace commonplace::ui {

/// A model file of this computer. Paths as in paths.h; other texts are fit to be shown.
struct LocalModel {
    enum class Kind { Unknown, Chat, Embedding };
    QString name;  ///< the file's, in the folder of models
    QString path;
    bool isLink = false;
    qint64 bytes = 0;
    Kind kind = Kind::Unknown;
    QString architecture;
    QString quantisation;
    qint64 context = 0;  ///< tokens it was trained for
    QString problem;     ///< one line; empty: it can be used
};

/// A server that listens on this computer.
struct ModelServerOffer {
    QString api;
    QString baseUrl;
    QStringList models;
    QString problem;
};

/// A model on its way here.
struct ModelTransfer {
    enum class Kind { File, Download, Pull };
    enum class State { Waiting, Running, Paused };
    int id = 0;
    Kind kind = Kind::File;
    State state = State::Waiting;
    QString name;    ///< for people
    QString source;  ///< a path, an address, or the server that pulls
    QString sha256;  ///< that a download must have; empty: any
    bool link = false;
    qint64 done = 0;
    qint64 total = -1;  ///< -1: not known
    QString step;       ///< what a server says it does
    QString problem;    ///< why it is paused, unless a person wanted that
};

/// In US dollars, as counted here.
struct SpentMoney {
    double today = 0;
    double thisMonth = 0;
    qint64 callsWithoutPrice = 0;  ///< this month
};

/// "4.1 GB"
QString bytesText(qint64 bytes);

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::LocalModel)
Q_DECLARE_METATYPE(commonplace::ui::ModelServerOffer)
Q_DECLARE_METATYPE(commonplace::ui::ModelTransfer)
Q_DECLARE_METATYPE(commonplace::ui::SpentMoney)
