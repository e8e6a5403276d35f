//! `notify test --dry-run`: a failed backup as each channel would tell it.

use notify::terminal_text;
use serde_json::json;

use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::TestArguments,
    commands::audience::stdout_for,
    console::Console,
    exit_code::ExitCode,
    problem::Problem,
    settings::Settings,
    template::sample_notice,
};

/// Shows the sample in the words and the form of each channel. The secrets are fetched, so a missing one is found; nothing is
/// sent.
pub(super) async fn preview(
    arguments: &TestArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let subscriptions = settings.resolve_subscriptions(&arguments.channels, stdout_for(console.format)).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let notice = sample_notice();
    let previews = subscriptions.iter().map(|told| Preview {
        name: told.channel.name().to_owned(),
        body: terminal_text(told.channel.preview(&notice).trim_end()),
    });
    Ok(answer(&previews.collect::<Vec<_>>()))
}

/// What one channel would bring.
struct Preview {
    name: String,
    body: String,
}

impl Preview {
    fn text(&self) -> String {
        format!("{}:\n{}\n", self.name, indented(&self.body, "  "))
    }

    fn markdown(&self) -> String {
        format!("### {}\n\n{}\n", self.name, indented(&self.body, "    "))
    }
}

fn indented(text: &str, by: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{by}{line}\n") };
    text.lines().map(line).collect()
}

fn answer(previews: &[Preview]) -> Answer {
    let document = |preview: &Preview| json!({ "name": preview.name, "preview": preview.body });
    Answer {
        text: previews.iter().map(Preview::text).collect::<String>().trim_end().to_owned(),
        markdown: previews.iter().map(Preview::markdown).collect(),
        document: Some(json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "notification_preview",
            "exit_code": ExitCode::Done.number(),
            "previews": previews.iter().map(document).collect::<Vec<_>>(),
        })),
        exit: ExitCode::Done,
    }
}
