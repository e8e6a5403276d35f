//! The connection under HTTP: it passes bytes on, or breaks exactly where it was told to.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::fault::Break;

const END_OF_HEAD: &[u8; 4] = b"\r\n\r\n";

/// What a handler orders of its connection, shared with the connection itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Orders(Arc<Mutex<Order>>);

#[derive(Debug, Default)]
enum Order {
    #[default]
    Pass,
    /// Waits for the end of the head, of whose four last bytes so many have gone by, then allows so many more.
    AfterHead {
        matched: usize,
        allowed: usize,
        reset: bool,
    },
    /// Ends the connection when nothing is left.
    Cut {
        left: usize,
        reset: bool,
    },
    Stall {
        left: usize,
    },
    Trickle {
        pause: Duration,
    },
}

impl Orders {
    pub(crate) fn pass(&self) {
        *self.lock() = Order::Pass;
    }

    /// The next bytes written belong to the answer that breaks off.
    pub(crate) fn break_off(&self, at: Break, reset: bool) {
        *self.lock() = match at {
            Break::After(left) => Order::Cut { left, reset },
            Break::InBody(allowed) => Order::AfterHead { matched: 0, allowed, reset },
            Break::StallAfter(left) => Order::Stall { left },
            Break::Trickle(pause) => Order::Trickle { pause },
        };
    }

    fn lock(&self) -> MutexGuard<'_, Order> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What to do with the bytes at hand.
enum Verdict {
    Write(usize),
    Slowly(Duration),
    End { reset: bool },
    Wait,
}

impl Order {
    /// Decides on the next bytes; none are counted before they are written.
    fn decide(&self, bytes: &[u8]) -> Verdict {
        match self {
            Self::Pass => Verdict::Write(bytes.len()),
            Self::AfterHead { matched, allowed, reset } => match end_of_head(*matched, bytes) {
                Ok(end) if end + allowed == 0 => Verdict::End { reset: *reset },
                Ok(end) => Verdict::Write((end + allowed).min(bytes.len())),
                Err(_) => Verdict::Write(bytes.len()),
            },
            Self::Cut { left: 0, reset } => Verdict::End { reset: *reset },
            Self::Stall { left: 0 } => Verdict::Wait,
            Self::Cut { left, .. } | Self::Stall { left } => Verdict::Write((*left).min(bytes.len())),
            Self::Trickle { pause } => Verdict::Slowly(*pause),
        }
    }

    /// Counts bytes that were written.
    fn count(&mut self, written: &[u8]) {
        match self {
            Self::Pass | Self::Trickle { .. } => {}
            Self::Cut { left, .. } | Self::Stall { left } => *left -= written.len(),
            Self::AfterHead { matched, allowed, reset } => match end_of_head(*matched, written) {
                Ok(end) => *self = Self::Cut { left: end + *allowed - written.len(), reset: *reset },
                Err(so_far) => *matched = so_far,
            },
        }
    }
}

/// The number of bytes up to and with the end of the head, or how much of that end the last bytes are.
fn end_of_head(mut matched: usize, bytes: &[u8]) -> Result<usize, usize> {
    for (index, &byte) in bytes.iter().enumerate() {
        matched = match (byte == END_OF_HEAD[matched], byte) {
            (true, _) => matched + 1,
            (false, b'\r') => 1,
            (false, _) => 0,
        };
        if matched == END_OF_HEAD.len() {
            return Ok(index + 1);
        }
    }
    Err(matched)
}

/// A TCP connection that follows its orders when it writes.
pub(crate) struct Wire {
    stream: TcpStream,
    orders: Orders,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream, orders: Orders) -> Self {
        Self { stream, orders, pause: None }
    }

    fn write_some(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, bytes))?;
        self.orders.lock().count(&bytes[..written]);
        Poll::Ready(Ok(written))
    }

    fn write_slowly(&mut self, cx: &mut Context<'_>, pause: Duration, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sleep = self.pause.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        ready!(sleep.as_mut().poll(cx));
        self.pause = None;
        self.write_some(cx, &bytes[..bytes.len().min(1)])
    }

    /// Ends the connection by an error to the server above, which then drops it.
    fn end(&mut self, cx: &mut Context<'_>, reset: bool) -> Poll<io::Result<usize>> {
        if reset {
            self.stream.set_zero_linger()?;
        } else {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        }
        Poll::Ready(Err(io::Error::new(io::ErrorKind::ConnectionAborted, "cut as ordered")))
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let verdict = self.orders.lock().decide(bytes);
        match verdict {
            Verdict::Write(count) => self.write_some(cx, &bytes[..count]),
            Verdict::Slowly(pause) => self.write_slowly(cx, pause, bytes),
            Verdict::End { reset } => self.end(cx, reset),
            Verdict::Wait => Poll::Pending, // For ever: only the end of the portal or of the caller ends it.
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::end_of_head;

    #[test]
    fn the_end_of_the_head_is_found_across_writes() {
        assert_eq!(end_of_head(0, b"HTTP/1.1 200 OK\r\n\r\n{}"), Ok(19));
        assert_eq!(end_of_head(0, b"HTTP/1.1 200 OK\r\n\r"), Err(3));
        assert_eq!(end_of_head(3, b"\n{}"), Ok(1));
        assert_eq!(end_of_head(1, b"\r\n\r\n"), Ok(4));
        assert_eq!(end_of_head(0, b"\r\r"), Err(1));
    }
}
