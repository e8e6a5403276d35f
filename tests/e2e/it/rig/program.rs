//! One call of the program: its environment, files, standard input and arguments.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::PathBuf, process::Stdio, sync::Arc};

use mock_portal::{DEMO_KEY, MockPortal};
use tempfile::TempDir;
use tokio::process::Command;

use super::{finished::Finished, running::Running, secrets::Secrets};

/// The program as cargo built it for this package. Its name is that of the built file.
const BINARY: &str = env!("CARGO_BIN_EXE_docspace-backup-under-test");

/// Its settings file, below its temporary folder.
const SETTINGS: &str = "config/docspace-backup/config.toml";

/// Limits of time that suit a portal on this machine.
const IMPATIENT: &str = r#"[portals.main]
connect_timeout = "2s"
request_timeout = "2s"
retry_for = "3s"
[run]
recheck_after = "2s"
"#;

/// The program in a home of its own, where nothing of this machine's environment is known to it.
pub(crate) struct Program {
    binary: &'static str,
    home: Arc<TempDir>,
    variables: BTreeMap<String, String>,
    stdin: Vec<u8>,
    largest_file: Option<u32>,
    pub(crate) secrets: Secrets,
}

impl Program {
    /// With the address and the key of the portal in its environment, and an impatient settings file.
    pub(crate) fn of(portal: &MockPortal) -> Self {
        Self::alone().env("DOCSPACE_API_HOST", &portal.url()).env("DOCSPACE_API_KEY", DEMO_KEY).settings("")
    }

    /// With nothing that concerns a portal: neither address nor key nor settings file.
    pub(crate) fn alone() -> Self {
        let home = Arc::new(tempfile::tempdir().unwrap());
        let below = |name: &str| home.path().join(name).display().to_string();
        let variables = [
            ("PATH", env!("PATH").to_owned()),
            ("HOME", below("home")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_STATE_HOME", below("state")),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).into();
        fs::create_dir_all(home.path().join("config/docspace-backup")).unwrap();
        let secrets = Secrets::new([DEMO_KEY]);
        Self { binary: BINARY, home, variables, stdin: Vec::new(), largest_file: None, secrets }
    }

    /// Another program in its place, under the same conditions: an example of a library. Cargo tells this package's tests
    /// the paths of this package's programs alone, so each example is one of them (`[[bin]]` in the manifest), and its
    /// path is `env!("CARGO_BIN_EXE_…")`.
    pub(crate) fn example(self, binary: &'static str) -> Self {
        Self { binary, ..self }
    }

    /// Sets a variable of its environment.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same for a variable whose value must appear nowhere.
    pub(crate) fn secret_env(self, name: &str, value: &str) -> Self {
        self.secret(value).env(name, value)
    }

    /// Takes a variable out of its environment.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    /// Its settings file: the impatient settings and this.
    pub(crate) fn settings(self, more: &str) -> Self {
        self.settings_alone(&format!("{IMPATIENT}{more}"))
    }

    /// Adds to its settings file.
    pub(crate) fn add_settings(self, more: &str) -> Self {
        let text = fs::read_to_string(self.path(SETTINGS)).unwrap_or_default();
        self.settings_alone(&format!("{text}{more}"))
    }

    /// Its settings file: this and nothing else.
    pub(crate) fn settings_alone(self, text: &str) -> Self {
        self.file(SETTINGS, text)
    }

    /// A file in its temporary folder.
    pub(crate) fn file(self, name: &str, content: &str) -> Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    /// The same for one that may be executed.
    pub(crate) fn script(self, name: &str, content: &str) -> Self {
        let program = self.file(name, content);
        fs::set_permissions(program.path(name), fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    /// Where such a file lies.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// What is piped into it.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        self.stdin = text.into();
        self
    }

    /// Lets no file of its grow beyond so many blocks of 512 bytes, as if the disk were full then.
    pub(crate) fn largest_file(mut self, blocks: u32) -> Self {
        self.largest_file = Some(blocks);
        self
    }

    /// A text that must not appear in anything the program writes.
    pub(crate) fn secret(mut self, secret: &str) -> Self {
        self.secrets.add(secret);
        self
    }

    /// Runs it with the words of this line, to its end.
    pub(crate) async fn run(&self, line: &str) -> Finished {
        self.start(line).finish().await
    }

    /// The same for arguments that hold spaces.
    pub(crate) async fn run_words(&self, words: &[&str]) -> Finished {
        self.start_words(words).finish().await
    }

    /// The same for a reader of standard output that leaves at once.
    pub(crate) async fn run_unread(&self, line: &str) -> Finished {
        let mut running = self.start(line);
        running.close_stdout().await;
        running.finish().await
    }

    /// Starts it with the words of this line.
    pub(crate) fn start(&self, line: &str) -> Running {
        self.start_words(&line.split_whitespace().collect::<Vec<_>>())
    }

    fn start_words(&self, words: &[&str]) -> Running {
        let mut command = self.command();
        command.args(words).env_clear().envs(&self.variables).current_dir(self.home.path()).kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        Running::new(self.line(words), child, self.stdin.clone(), self.secrets.clone(), Arc::clone(&self.home))
    }

    /// What would be typed.
    fn line(&self, words: &[&str]) -> String {
        let name = self.binary.rsplit('/').next().unwrap_or_default();
        [&[name], words].concat().join(" ")
    }

    fn command(&self) -> Command {
        let Some(blocks) = self.largest_file else { return Command::new(self.binary) };
        let mut command = Command::new("/bin/sh");
        let script = r#"trap "" XFSZ; ulimit -f "$1"; shift; exec "$0" "$@""#;
        command.args(["-c", script, self.binary, &blocks.to_string()]);
        command
    }

    /// What a terminal needs to start it: the program, its environment and its folder.
    pub(super) fn parts(&self) -> (&'static str, &BTreeMap<String, String>, Arc<TempDir>) {
        (self.binary, &self.variables, Arc::clone(&self.home))
    }
}
