//! Start a backup exactly once, wait for it, and find out what really happened.
