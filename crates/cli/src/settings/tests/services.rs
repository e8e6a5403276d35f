//! The services that people are told by: what each needs, what is refused, and that no secret is shown.

mod machines;
mod people;
mod slack;

use std::io::Write;

use expect_test::Expect;

use super::{SECRET, compare, settings, told};
use crate::{arguments::GlobalArguments, commands::show_config, settings::Environment};

/// Secrets of the right form.
const VARIABLES: [(&str, &str); 7] = [
    ("URL", "https://hooks.example.com/sk-0123456789abcdef"),
    ("HTTP_URL", "http://hooks.example.com/sk-0123456789abcdef"),
    ("KEY", "0123456789abcdef0123456789abcdef"),
    ("BOT", "123456789:AAF-a_token_of_thirty-five_letters_x"),
    ("XOXB", "xoxb-0123456789-abcdef"),
    ("TOPIC", "backups-f3kq8x"),
    ("EMPTY", ""),
];

fn nowhere() -> Box<dyn Write + Send> {
    Box::new(std::io::sink())
}

/// What is wrong with a channel of that type and these settings, by the file alone and then by its secrets.
async fn mistakes(kind: &str, own: &str) -> String {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&VARIABLES, ""));
    let text = format!("[notify.x]\ntype = \"{kind}\"\n{own}\n");
    let (mut settings, mut mistakes) = settings(&text, &global, &environment);
    if mistakes.is_empty() {
        for plan in settings.channel_plans().unwrap() {
            settings.build_channel(&plan, nowhere, &mut mistakes).await;
        }
    }
    told(&mistakes)
}

async fn check(kind: &str, own: &str, expected: Expect) {
    compare(expected, &mistakes(kind, own).await);
}

/// The settings of a channel as `config show` lists them; it must be one that can be used.
async fn check_shown(kind: &str, own: &str, expected: Expect) {
    assert_eq!(mistakes(kind, own).await, "");
    let (global, environment) = (GlobalArguments::default(), Environment::of(&VARIABLES, ""));
    let (settings, _) = settings(&format!("[notify.x]\ntype = \"{kind}\"\n{own}\n"), &global, &environment);
    let all = show_config(&settings).unwrap();
    let lines = all.text.lines().filter(|line| line.starts_with("notify.x."));
    let words = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n");
    compare(expected, &words.collect::<String>());
    for (_, secret) in VARIABLES.iter().filter(|(_, secret)| !secret.is_empty()) {
        assert!(!format!("{all:?}{settings:?}").contains(secret), "a secret is shown");
    }
    assert!(!format!("{all:?}{settings:?}").contains(SECRET), "a secret is shown");
}
