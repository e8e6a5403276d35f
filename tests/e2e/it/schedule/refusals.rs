//! `schedule` where it cannot do what it was asked for: by mistake, by the portal's refusal, or in doubt.

use expect_test::{Expect, expect};
use mock_portal::{Answer, Config, Fault, MockPortal, Operation, Trouble};
use serde_json::{Value, json};

use super::{assert_untouched, compare_talk, weekly, with_schedule};
use crate::{
    bad_input::{as_it_is, check as check_mistake},
    rig::{Program, portal},
};

#[tokio::test]
async fn a_folder_that_takes_no_copies_is_named() {
    let portal = with_schedule(weekly()).await;
    let program = Program::of(&portal);
    let set = |folder: &str| format!("schedule set --daily --yes --folder {folder}");
    compare_talk(
        program.run(&set("999")).await.exits(10),
        expect![[r#"
            error: cannot set the backup schedule: not found (404); the portal says: The required folder was not found
            hint: this key sees no folder 999: `docspace-backup folders` finds the right id
        "#]],
    );
    compare_talk(
        program.run(&set("2")).await.exits(4),
        expect![[r#"
            error: cannot set the backup schedule: not allowed (403): the role of the key's owner does not allow it, or the portal forbids it; the portal says: Access denied
            hint: either the folder 2 takes no copies (sections such as Rooms and Archive take none, the rooms themselves do), or the key's owner is no administrator of the DocSpace
        "#]],
    );
    program.run(&set("2 -o json")).await.exits(4).json();
    assert_eq!(portal.schedules(), [weekly()]);
    assert_eq!(portal.schedule_writes(), 0);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_before_anything_is_sent() {
    async fn check(flags: &str, expected: Expect) {
        check_mistake(as_it_is, &format!("schedule set {flags}"), expected).await;
    }
    check("", expect![[r#"
        error: schedule: nothing says on which days it runs
        hint: give --daily, --weekly DAY or --monthly DAY, or declare a schedule under [portals.main.schedule] in [HOME]/config/docspace-backup/config.toml
    "#]]).await;
    check(
        "--monthly 32",
        expect![[r#"
        error: invalid value '32' for '--monthly <DAY>': a day from 1 to 31 is expected

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--daily --at 24",
        expect![[r#"
        error: invalid value '24' for '--at <HOUR>': an hour from 0 to 23 is expected

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--daily --at 3:30",
        expect![[r#"
        error: invalid value '3:30' for '--at <HOUR>': portals know whole hours alone: write 3 or 03:00

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--daily --keep 0",
        expect![[r#"
        error: invalid value '0' for '--keep <N>': a number from 1 to 30 is expected

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--daily --keep 31",
        expect![[r#"
        error: invalid value '31' for '--keep <N>': a number from 1 to 30 is expected

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--weekly foo",
        expect![[r#"
        error: invalid value 'foo' for '--weekly <DAY>'
          [possible values: mon, tue, wed, thu, fri, sat, sun]

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--weekly tu",
        expect![[r#"
        error: invalid value 'tu' for '--weekly <DAY>'
          [possible values: mon, tue, wed, thu, fri, sat, sun]

          tip: a similar value exists: 'tue'

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--daily --weekly mon",
        expect![[r#"
        error: the argument '--daily' cannot be used with '--weekly <DAY>'

        Usage: docspace-backup schedule set --daily

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(
        "--daily --storage documents",
        expect![[r#"
        error: storage (--storage): documents needs a folder
        hint: give --folder with the number at the end of the folder's address
    "#]],
    )
    .await;
    check(
        "--daily --folder abc",
        expect![[r#"
        error: folder (--folder): a folder of the portal's documents has a number
        hint: for a connected drive give --storage third-party-documents
    "#]],
    )
    .await;
    let declared = |program: Program| program.add_settings("[portals.main.schedule]\nmonthly = 32\n");
    check_mistake(declared, "schedule show", expect![[r#"
        error: portals.main.schedule.monthly ([HOME]/config/docspace-backup/config.toml:8): a day from 1 to 31 is expected
        hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]]).await;
}

#[tokio::test]
async fn what_the_portal_has_not_kept_is_told() {
    let portal = with_schedule(weekly()).await;
    portal.inject(Fault::on(Operation::CreateSchedule).answer(Answer::json(200, r#"{"response":true}"#)));
    let told = Program::of(&portal).run("schedule set --daily --folder 123 --yes").await;
    compare_talk(
        told.exits(1),
        expect![[r#"
            error: the portal took the schedule, and has not kept it: time: every Monday at 04:00, not every day at 03:00; keep: 5, not 7
            hint: somebody has perhaps changed it meanwhile, or no free backups are left: `docspace-backup schedule show`
        "#]],
    );
    portal.inject(Fault::on(Operation::DeleteSchedule).answer(Answer::json(200, r#"{"response":true}"#)));
    let document = Program::of(&portal).run("schedule remove --yes -o json").await.exits(1).json();
    assert_eq!([&document["result"], &document["error"]["code"]], ["not_kept", "not_kept"]);
}

#[tokio::test]
async fn after_a_doubt_the_portal_is_asked_what_it_has() {
    let portal = portal().await;
    let program = Program::of(&portal);
    portal.inject(Fault::on(Operation::CreateSchedule).answer(Answer::gateway(504)).after_effect());
    let document = program.run("schedule set --daily --folder 123 -o json").await.exits(0).json();
    assert_eq!(document["result"], "set", "it stands there, whatever the answer was");
    portal.inject(Fault::on(Operation::DeleteSchedule).always().answer(Answer::gateway(504)));
    let document = program.run("schedule remove --yes -o json").await.exits(75).json();
    assert_eq!(document["result"], "not_kept");
    portal.inject(Fault::on(Operation::Schedule).nth(2).always().answer(Answer::gateway(502)));
    let document = program.run("schedule remove --yes -o json").await.exits(17).json();
    assert_eq!([&document["result"], &document["error"]["code"]], ["unconfirmed", "change_unknown"]);
    portal.clear_faults();
    portal.inject(Fault::on(Operation::Schedule).nth(2).always().answer(Answer::gateway(502)));
    let document = program.run("schedule remove --yes -o json").await.exits(3).json();
    assert_eq!([&document["result"], &document["error"]], [&json!("unconfirmed"), &Value::Null]);
    assert_eq!(portal.schedules(), []);
}

#[tokio::test]
async fn refusals_have_their_codes() {
    let portal = with_schedule(weekly()).await;
    let program = Program::of(&portal);
    for (trouble, code) in [(Trouble::Unpaid, 13), (Trouble::KeyRefused, 4), (Trouble::Restoring, 4)] {
        portal.set_troubles([trouble]);
        for line in ["schedule show", "schedule set --daily --folder 123 --yes", "schedule remove --yes"] {
            program.run(line).await.exits(code);
        }
    }
    portal.set_troubles([]);
    assert_untouched(&portal, &[weekly()]);
    let hosted = MockPortal::start(Config { standalone: false, free_backups: 0, ..Config::default() }).await;
    Program::of(&hosted).run("schedule set --daily --folder 123").await.exits(13);
    Program::of(&hosted).run("schedule set --daily --dump --storage temporary").await.exits(4);
    assert_untouched(&hosted, &[]);
}
