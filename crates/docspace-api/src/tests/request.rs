//! One call, and the request that it makes.

use expect_test::Expect;

use super::{
    portal,
    scripted::{Scripted, Turn},
};
use crate::Portal;

/// Runs one call against a portal that answers with `response`, and compares the request, without what changes.
pub(super) async fn check<T>(response: &str, call: impl AsyncFn(Portal) -> T, expected: Expect) -> T {
    let server = Scripted::start([Turn::response(response)]).await;
    let result = call(portal(server.base())).await;
    let host = server.base().trim_start_matches("http://").to_owned();
    let version = concat!("/", env!("CARGO_PKG_VERSION"));
    let request = server.finish().remove(0);
    let request = request.replace("\r\n", "\n").replace(&host, "HOST").replace(version, "/VERSION");
    expected.assert_eq(request.trim_end());
    result
}

/// The first line of each request, in order.
pub(super) fn lines(requests: &[String]) -> String {
    let lines: Vec<&str> = requests.iter().filter_map(|request| request.lines().next()).collect();
    lines.join("\n")
}
