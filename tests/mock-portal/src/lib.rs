//! A stateful stand-in for a portal.
