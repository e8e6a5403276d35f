//! One notice to people, over several channels.
