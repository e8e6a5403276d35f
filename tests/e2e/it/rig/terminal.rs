//! The program at a terminal, where it draws and where Ctrl-C can be pressed.

use std::{
    io::{Read, Write},
    sync::Arc,
    thread::{self, JoinHandle},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use tokio::{sync::watch, time::timeout};

use super::{
    program::Program,
    running::{LIMIT, until_written},
    secrets::Secrets,
};

const SIZE: PtySize = PtySize { rows: 40, cols: 140, pixel_width: 0, pixel_height: 0 };

/// A pseudo-terminal with the program in its foreground, killed when it is dropped.
pub(crate) struct Terminal {
    line: String,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    screen: watch::Receiver<String>,
    reader: Option<JoinHandle<()>>,
    secrets: Secrets,
    _master: Box<dyn MasterPty + Send>,
    /// Kept for as long as the process may read its settings.
    _home: Arc<TempDir>,
}

impl Terminal {
    /// Types the words of this line behind the program's name.
    pub(crate) fn start(program: &Program, line: &str) -> Self {
        let pair = native_pty_system().openpty(SIZE).unwrap();
        let child = pair.slave.spawn_command(command(program, line)).unwrap();
        let (sender, screen) = watch::channel(String::new());
        let source = pair.master.try_clone_reader().unwrap();
        let reader = Some(thread::spawn(move || read(source, &sender)));
        let keyboard = pair.master.take_writer().unwrap();
        let (line, secrets) = (line.to_owned(), program.secrets.clone());
        Self { line, child, keyboard, screen, reader, secrets, _master: pair.master, _home: program.parts().2 }
    }

    /// Starts the program so, types these keys when it asks whether to go on, and gives its end.
    pub(crate) async fn answer(program: &Program, line: &str, keys: &str) -> (String, u32) {
        let mut terminal = Self::start(program, line);
        terminal.shows("[y/N]").await;
        terminal.types(keys);
        terminal.finish().await
    }

    /// Waits until the text has been written.
    pub(crate) async fn shows(&mut self, text: &str) {
        until_written(&mut self.screen, text).await;
    }

    /// Presses Ctrl-C; the terminal makes a signal of it.
    pub(crate) fn press_ctrl_c(&mut self) {
        self.types("\u{3}");
    }

    /// Types these keys: the return key is `\r`, Ctrl-D `\u{4}`.
    pub(crate) fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits for the program's end; gives all that it wrote, escape sequences included, and its exit code.
    pub(crate) async fn finish(mut self) -> (String, u32) {
        // The screen's sender goes away when the program has closed the terminal.
        let closed = timeout(LIMIT, async { while self.screen.changed().await.is_ok() {} }).await;
        assert!(closed.is_ok(), "`{}` did not end within {LIMIT:?}: {}", self.line, *self.screen.borrow());
        self.reader.take().unwrap().join().unwrap();
        let status: ExitStatus = self.child.wait().unwrap();
        let screen = self.screen.borrow().clone();
        self.secrets.check(&self.line, &[&screen]);
        (screen, status.exit_code())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // An error says that it has ended already.
        let _ = self.child.kill();
    }
}

fn command(program: &Program, line: &str) -> CommandBuilder {
    let (binary, variables, folder) = program.parts();
    let mut command = CommandBuilder::new(binary);
    command.args(line.split_whitespace());
    command.env_clear();
    variables.iter().for_each(|(name, value)| command.env(name, value));
    command.env("TERM", "xterm");
    command.cwd(folder.path());
    command
}

/// Reads until the other side is closed, which some systems tell as an error.
fn read(mut source: Box<dyn Read + Send>, screen: &watch::Sender<String>) {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    while let Ok(length @ 1..) = source.read(&mut part) {
        bytes.extend_from_slice(&part[..length]);
        screen.send_replace(String::from_utf8_lossy(&bytes).into_owned());
    }
}
