//! Which part of a file an answer holds, by its status, `Content-Range` and `Content-Length`.

use http::{
    HeaderMap, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_RANGE, HeaderName},
};

/// What an answer holds of a file: everything from one byte on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Its first byte.
    pub(crate) offset: u64,
    /// The size of the whole file, where it is told.
    pub(crate) total: Option<u64>,
}

/// An answer that holds another part of the file than what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Mismatch {
    #[error("the status is neither 200 nor 206")]
    Status,
    #[error("the answer is a part of the file, and does not say which")]
    Unsaid,
    #[error("the answer begins at byte {begins} of the file instead of {asked}")]
    Elsewhere { asked: u64, begins: u64 },
    #[error("the answer contradicts itself about its size")]
    Contradiction,
}

/// Reads the extent of an answer to a call that asked for everything from byte `from` on.
///
/// `Content-Range` is believed whatever the status, since portals send it with 200 too (contract §9.1); without one, 200 is
/// the whole file.
pub(crate) fn read(status: StatusCode, headers: &HeaderMap, from: u64) -> Result<Extent, Mismatch> {
    let length = text(headers, &CONTENT_LENGTH).and_then(|text| text.parse().ok());
    let range = text(headers, &CONTENT_RANGE).map(|text| Range::read(text).ok_or(Mismatch::Unsaid)).transpose()?;
    match (status, range) {
        (StatusCode::OK | StatusCode::PARTIAL_CONTENT, Some(range)) => range.extent(from, length),
        (StatusCode::OK, None) => Ok(Extent { offset: 0, total: length }),
        (StatusCode::PARTIAL_CONTENT, None) => Err(Mismatch::Unsaid),
        (_, _) => Err(Mismatch::Status),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// `bytes FIRST-LAST/TOTAL`, where the total may be a star.
struct Range {
    first: u64,
    last: u64,
    total: Option<u64>,
}

impl Range {
    fn read(text: &str) -> Option<Self> {
        let (unit, rest) = text.split_once(char::is_whitespace)?;
        let (range, total) = rest.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let total = match total.trim() {
            "*" => None,
            total => Some(total.parse().ok()?),
        };
        let range = Self { first: first.trim().parse().ok()?, last: last.trim().parse().ok()?, total };
        unit.eq_ignore_ascii_case("bytes").then_some(range)
    }

    fn extent(&self, asked: u64, length: Option<u64>) -> Result<Extent, Mismatch> {
        let here = self.last.checked_sub(self.first).and_then(|more| more.checked_add(1));
        let fits = self.total.is_none_or(|total| self.last < total) && length.is_none_or(|length| here == Some(length));
        if self.first != asked && self.first != 0 {
            return Err(Mismatch::Elsewhere { asked, begins: self.first });
        }
        match (here, fits) {
            (Some(_), true) => Ok(Extent { offset: self.first, total: self.total }),
            (_, _) => Err(Mismatch::Contradiction),
        }
    }
}

#[cfg(test)]
mod tests;
