//! The same program a second time: cargo gives its path to tests of this package.

fn main() {}
