//! The portal's own schedule: flags over the profile's table over `[run]`.

use clap::Parser;
use expect_test::{Expect, expect};

use super::{compare, settings, shown, sound, told};
use crate::{
    arguments::{Arguments, Command, GlobalArguments, ScheduleCommand},
    settings::Environment,
};

/// What `schedule set` means with that file.
fn check(file: &str, flags: &str, expected: Expect) {
    let words = format!("docspace-backup schedule set {flags}");
    let Command::Schedule(ScheduleCommand::Set(typed)) = Arguments::parse_from(words.split_whitespace()).command else {
        panic!("{words} is something else");
    };
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let settings = sound(file, &global, &environment);
    let plan = settings.schedule_plan(&typed.times, &typed.storage);
    let schedule = plan.and_then(|plan| plan.schedule()).map(|schedule| {
        let (hour, keep) = (schedule.cron.hour.get(), schedule.backups_stored.get());
        format!("{:?} at {hour}, {keep} kept, {:?} {:?}", schedule.cron.period, schedule.target, schedule.scope)
    });
    compare(expected, &shown(schedule));
}

/// What is wrong with that table.
fn check_mistakes(table: &str, expected: Expect) {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let text = format!("[portals.main.schedule]\n{table}\n");
    let (_, mistakes) = settings(&text, &global, &environment);
    compare(expected, &told(&mistakes));
}

const DECLARED: &str = "[run]\nfolder = 1\n[portals.main.schedule]\nweekly = \"Monday\"\nat = \"04:00\"\nkeep = 5\n";

#[test]
fn flags_alone_are_enough() {
    check(
        "",
        "--daily",
        expect![[r#"
        EveryDay at 3, 7 kept, DataStore Portal
    "#]],
    );
    check(
        "",
        "--weekly SUN --at 0 --keep 30 --folder 4 --dump",
        expect![[r#"
        EveryWeek(Sunday) at 0, 30 kept, Documents { folder: 4 } Server
    "#]],
    );
    check(
        "",
        "--monthly 31 --at 23 --storage local --param filePath=/b",
        expect![[r#"
        EveryMonth(MonthDay(31)) at 23, 7 kept, Local { directory: "/b" } Portal
    "#]],
    );
}

#[test]
fn the_file_declares_one_that_flags_change() {
    check(
        DECLARED,
        "",
        expect![[r#"
        EveryWeek(Monday) at 4, 5 kept, Documents { folder: 1 } Portal
    "#]],
    );
    check(
        DECLARED,
        "--daily --keep 1",
        expect![[r#"
        EveryDay at 4, 1 kept, Documents { folder: 1 } Portal
    "#]],
    );
    check(
        DECLARED,
        "--storage temporary",
        expect![[r#"
        EveryWeek(Monday) at 4, 5 kept, DataStore Portal
    "#]],
    );
    check(
        &format!("{DECLARED}folder = 2\ndump = true\n"),
        "",
        expect![[r#"
        EveryWeek(Monday) at 4, 5 kept, Documents { folder: 2 } Server
    "#]],
    );
    check(
        &format!("{DECLARED}storage = \"local\"\nparams = {{ filePath = \"/b\" }}\n"),
        "",
        expect![[r#"
        EveryWeek(Monday) at 4, 5 kept, Local { directory: "/b" } Portal
    "#]],
    );
}

#[test]
fn without_days_there_is_no_schedule() {
    check(
        "",
        "--at 3",
        expect![[r#"
        schedule: nothing says on which days it runs
          hint: give --daily, --weekly DAY or --monthly DAY, or declare a schedule under [portals.main.schedule] in /nonexistent/config.toml
    "#]],
    );
    check(
        "[portals.main]\nhost = \"https://portal.example.com\"\n",
        "",
        expect![[r#"
        schedule: nothing says on which days it runs
          hint: give --daily, --weekly DAY or --monthly DAY, or declare a schedule under [portals.main.schedule] in /etc/c.toml
    "#]],
    );
}

#[test]
fn what_is_declared_is_checked_when_the_file_is_read() {
    check_mistakes(
        "at = 3",
        expect![[r#"
        portals.main.schedule.daily (/etc/c.toml:1): nothing says on which days it runs
          hint: write daily = true, weekly = "mon" or monthly = 15
    "#]],
    );
    check_mistakes(
        "daily = false",
        expect![[r#"
        portals.main.schedule.daily (/etc/c.toml:1): nothing says on which days it runs
          hint: write daily = true, weekly = "mon" or monthly = 15
    "#]],
    );
    check_mistakes(
        "daily = true\nweekly = \"mon\"\nmonthly = 1",
        expect![[r#"
        portals.main.schedule.weekly (/etc/c.toml:3): contradicts portals.main.schedule.daily
          hint: leave one of the two out
        portals.main.schedule.monthly (/etc/c.toml:4): contradicts portals.main.schedule.daily
          hint: leave one of the two out
    "#]],
    );
    check_mistakes(
        "weekly = \"mnday\"",
        expect![[r#"
        portals.main.schedule.weekly (/etc/c.toml:2): not one of the words that are known here
          hint: known are: mon, tue, wed, thu, fri, sat, sun
    "#]],
    );
    check_mistakes(
        "weekly = 1",
        expect![[r#"
        portals.main.schedule.weekly (/etc/c.toml:2): a text in quotes is expected, not a number
          hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    );
    check_mistakes(
        "monthly = 32\nat = 24\nkeep = 0",
        expect![[r#"
        portals.main.schedule.monthly (/etc/c.toml:2): a day from 1 to 31 is expected
          hint: the commented file that `docspace-backup config init PATH` writes shows how
        portals.main.schedule.at (/etc/c.toml:3): an hour from 0 to 23 is expected
          hint: the commented file that `docspace-backup config init PATH` writes shows how
        portals.main.schedule.keep (/etc/c.toml:4): a number from 1 to 30 is expected
          hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    );
    check_mistakes(
        "daily = true\nat = \"3:30\"\nkeep = -1\nday = 3",
        expect![[r#"
        portals.main.schedule.at (/etc/c.toml:3): portals know whole hours alone: write 3 or 03:00
          hint: the commented file that `docspace-backup config init PATH` writes shows how
        portals.main.schedule.keep (/etc/c.toml:4): a number from 1 to 30 is expected
          hint: the commented file that `docspace-backup config init PATH` writes shows how
        portals.main.schedule.day (/etc/c.toml:5): there is no such setting
          hint: known are: daily, weekly, monthly, at, keep, storage, folder, params, dump
    "#]],
    );
}
