//! Secrets that a program prints, such as a password manager.

use std::{process::Stdio, time::Duration};

use tokio::{
    io::AsyncReadExt,
    process::{Child, Command},
    time::timeout,
};

use super::LIMIT;

/// Runs the program without a shell, and takes the first line of its standard output. The rest of what it prints is
/// thrown away, its words on standard error too, for it may repeat the secret there.
///
/// # Errors
///
/// A sentence that holds nothing of the output: when the program cannot be run, fails, prints more than 64 KiB, or takes
/// longer than `patience`; then it is killed.
pub(super) async fn first_line(words: &[String], patience: Duration) -> Result<String, String> {
    let child = spawn(words)?;
    match timeout(patience, output_of(child)).await {
        Ok(output) => output.map(|text| text.lines().next().unwrap_or_default().to_owned()),
        Err(_) => Err(format!("the command took longer than {} s", patience.as_secs_f32())),
    }
}

fn spawn(words: &[String]) -> Result<Child, String> {
    let (program, arguments) = words.split_first().ok_or("the command is empty")?;
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("the command {program} cannot be run: {}", error.kind()))
}

async fn output_of(mut child: Child) -> Result<String, String> {
    let mut bytes = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(LIMIT + 1).read_to_end(&mut bytes).await;
        read.map_err(|error| format!("the command's output cannot be read: {}", error.kind()))?;
    }
    if bytes.len() as u64 > LIMIT {
        return Err("the command printed more than 64 KiB".to_owned());
    }
    let status = child.wait().await.map_err(|error| error.kind().to_string())?;
    match status.success() {
        true => String::from_utf8(bytes).map_err(|_| "the command printed no text (UTF-8)".to_owned()),
        false => Err(format!("the command failed ({status})")),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[tokio::test]
    async fn a_command_that_takes_too_long_is_stopped() {
        let words = ["sleep", "60"].map(str::to_owned);
        let late = first_line(&words, Duration::from_millis(20)).await;
        expect![[r#"
            Err(
                "the command took longer than 0.02 s",
            )
        "#]]
        .assert_debug_eq(&late);
    }
}
