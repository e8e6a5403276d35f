//! Both directions of the talk with a program, until it ends.

use std::{io, pin::pin, process::ExitStatus, time::Duration};

use futures_util::future::{join, select};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStderr, ChildStdin},
    sync::oneshot,
    time::sleep,
};

/// More of what a program complains about is read, so that it is not held up, and forgotten.
const LONGEST_WORDS: usize = 4096;

/// How long the pipes are still looked at once the program has ended: what it left running may hold them open for good.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// A program that has ended, and the beginning of what it wrote on standard error.
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    pub(super) words: String,
}

/// Hands over the input and listens. That a program does not read all of its input is its own affair.
pub(super) async fn converse(child: &mut Child, input: &[u8]) -> io::Result<Ended> {
    let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
    let (ended, has_ended) = oneshot::channel::<()>();
    let waiting = async {
        let status = child.wait().await;
        drop(ended);
        status
    };
    let mut words = Vec::new();
    let talking = async {
        let talk = pin!(join(say(stdin, input), listen(stderr, &mut words)));
        let last_words = pin!(async {
            let _ = has_ended.await; // it is only ever dropped
            sleep(LAST_WORDS).await;
        });
        select(talk, last_words).await;
    };
    let (status, ()) = join(waiting, talking).await;
    Ok(Ended { status: status?, words: String::from_utf8_lossy(&words).into_owned() })
}

async fn say(stdin: Option<ChildStdin>, input: &[u8]) {
    let Some(mut stdin) = stdin else { return };
    let _ = stdin.write_all(input).await;
}

async fn listen(stderr: Option<ChildStderr>, words: &mut Vec<u8>) {
    let Some(mut stderr) = stderr else { return };
    let mut chunk = [0; 1024];
    while let Ok(length @ 1..) = stderr.read(&mut chunk).await {
        let room = LONGEST_WORDS - words.len();
        words.extend_from_slice(&chunk[..length.min(room)]);
    }
}
