//! Where redirects lead.
