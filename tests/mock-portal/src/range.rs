//! The part of a file that a call asks for.

use crate::request::Request;

/// The blocks in which the portal copies a file.
pub(crate) const BLOCK: usize = 80 * 1024;

/// A `Range` header of one range of bytes; both ends count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Range {
    From(usize),
    Between(usize, usize),
    Last(usize),
}

impl Range {
    /// What the header says; one that says anything else counts as none.
    pub(crate) fn of(request: &Request) -> Option<Self> {
        Self::read(request.header("range")?)
    }

    fn read(header: &str) -> Option<Self> {
        let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
        match (first.trim(), last.trim()) {
            ("", last) => last.parse().ok().map(Self::Last),
            (first, "") => first.parse().ok().map(Self::From),
            (first, last) => Some(Self::Between(first.parse().ok()?, last.parse().ok()?)),
        }
    }

    /// The first and the last byte of a file of that size, as the standard has it; `None` where nothing of it is there.
    pub(crate) fn within(self, size: usize) -> Option<(usize, usize)> {
        let end = size.checked_sub(1)?;
        match self {
            Self::From(first) => (first <= end).then_some((first, end)),
            Self::Between(first, last) => (first <= end && first <= last).then_some((first, last.min(end))),
            Self::Last(count) => (count > 0).then(|| (size.saturating_sub(count), end)),
        }
    }
}

/// The value of `Content-Range`.
pub(crate) fn told((first, last): (usize, usize), size: usize) -> String {
    format!("bytes {first}-{last}/{size}")
}

#[cfg(test)]
mod tests {
    use super::Range;

    #[test]
    fn a_header_is_read_as_one_range_or_not_at_all() {
        let read = Range::read;
        assert_eq!(read("bytes=5-"), Some(Range::From(5)));
        assert_eq!(read("bytes=5-9"), Some(Range::Between(5, 9)));
        assert_eq!(read("bytes=-9"), Some(Range::Last(9)));
        for none in ["bytes=", "bytes=-", "bytes=a-", "bytes=1-2,4-5", "lines=1-", "bytes=1"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn the_standard_cuts_at_the_end_and_refuses_what_begins_behind_it() {
        let cases = [Range::From(9), Range::From(10), Range::Between(2, 90), Range::Between(3, 2), Range::Last(90)];
        let within = cases.map(|range| range.within(10));
        assert_eq!(within, [Some((9, 9)), None, Some((2, 9)), None, Some((0, 9))]);
        assert_eq!(Range::From(0).within(0), None);
    }
}
