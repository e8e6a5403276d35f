//! Why a chore could not be done.

use std::error::Error;
use std::fmt;

/// A chore that ended early; `Display` speaks for this layer, the cause is `source()`.
#[derive(Debug)]
pub(crate) struct Trouble {
    what: String,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Trouble {
    /// Trouble that no other error caused.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), cause: None }
    }

    /// For `map_err`: trouble with `what`, caused by the error that comes.
    pub(crate) fn with<E: Error + Send + Sync + 'static>(what: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |cause| Self { what: what.to_string(), cause: Some(Box::new(cause)) }
    }

    /// What to print: this and every cause, in one line unless a cause has more.
    pub(crate) fn chain(&self) -> String {
        let causes = std::iter::successors(self.source(), |&cause| cause.source());
        causes.fold(self.what.clone(), |chain, cause| format!("{chain}: {cause}"))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for Trouble {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_speaks_once() {
        let inner = Trouble::new("there is no generated block weather");
        let middle = Trouble::with("line 2")(inner);
        let outer: Trouble = Trouble::with("README.md")(middle);
        assert_eq!(outer.chain(), "README.md: line 2: there is no generated block weather");
    }
}
