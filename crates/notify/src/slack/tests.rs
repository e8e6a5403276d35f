//! Posts to Slack over real sockets.
