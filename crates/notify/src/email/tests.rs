//! Mails over real sockets.
