//! Posts to a webhook over real sockets.
