//! What a restore would do, asked of the mock portal.

use std::fmt::Write as _;

use docspace_api::{NotifyUsers, RestoreSource, Scope};
use expect_test::{Expect, expect};
use jiff::Timestamp;
use mock_portal::{Config, MockPortal, Operation, Record, Role, Trouble};

use crate::{
    RestoreCopy, RestorePlan, RestorePlanError, RestoreWish,
    fixture::{OTHER, client, id},
    plan_restore,
};

const COPY: &str = "cccccccc-0000-0000-0000-000000000003";
const DUMP: &str = "dddddddd-0000-0000-0000-000000000004";

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn mock() -> MockPortal {
    let mock = MockPortal::start(Config::default()).await;
    let made = moment("2326-07-29T10:15:30Z");
    let expires_on = Some(moment("2326-07-30T10:15:30Z"));
    mock.add_record(Record { id: COPY.into(), expires_on, ..Record::new("acme.tar.gz", made) });
    mock.add_record(Record { id: DUMP.into(), dump: true, ..Record::new("workspace.tar.gz", made) });
    mock
}

fn wish(copy: &str, scope: Scope) -> RestoreWish {
    RestoreWish { copy: RestoreCopy::Record(id(copy)), scope, notify_users: NotifyUsers::No }
}

async fn plan(mock: &MockPortal, wish: &RestoreWish) -> Result<RestorePlan, RestorePlanError> {
    plan_restore(&client(mock), wish, moment("2326-07-30T00:00:00Z")).await
}

async fn check(mock: &MockPortal, wish: &RestoreWish, expected: Expect) {
    let text = match plan(mock, wish).await {
        Ok(plan) => describe(&plan),
        Err(error) => format!("error: {error}\n"),
    };
    expected.assert_eq(&text);
    assert_eq!(mock.calls_of(Operation::StartRestore).len(), 0, "planning starts nothing");
}

fn describe(plan: &RestorePlan) -> String {
    let record = plan.record.as_ref().map_or("a file", |record| &record.file_name);
    let name = plan.portal.name.as_deref().unwrap_or("?");
    let mut text = format!("{record} over {name}, number {}\n", plan.portal.id);
    for consequence in &plan.consequences {
        let _ = writeln!(text, "- {consequence}");
    }
    text
}

#[tokio::test]
async fn the_plan_names_the_copy_the_portal_and_all_that_will_be_lost() {
    let mock = mock().await;
    check(
        &mock,
        &wish(COPY, Scope::Portal),
        expect![[r#"
        acme.tar.gz over Mock portal, number 1
        - everything that was made or changed after 2326-07-29T10:15:30Z is lost
        - nobody can use the portal until the restore has ended
        - all API keys are deleted, the one in use now among them
        - everybody is logged out
        - the settings of two-factor authentication are cleared
        - the ids of all backups change, and so does the number of the portal
    "#]],
    )
    .await;
    check(
        &mock,
        &wish(DUMP, Scope::Server),
        expect![[r#"
        workspace.tar.gz over Mock portal, number 1
        - everything that was made or changed after 2326-07-29T10:15:30Z is lost
        - every portal of the server is replaced, not only this one
        - nobody can use the portal until the restore has ended
        - the API keys become those of the time of the copy
        - everybody is logged out
    "#]],
    )
    .await;
}

#[tokio::test]
async fn of_a_file_only_the_portal_is_known() {
    let copy = RestoreCopy::File(RestoreSource::DocumentsFile { file: 555 });
    let wish = RestoreWish { copy, scope: Scope::Portal, notify_users: NotifyUsers::Yes };
    check(
        &mock().await,
        &wish,
        expect![[r#"
        a file over Mock portal, number 1
        - everything that was made or changed after the copy was made is lost
        - nobody can use the portal until the restore has ended
        - all API keys are deleted, the one in use now among them
        - everybody is logged out
        - the settings of two-factor authentication are cleared
        - the ids of all backups change, and so does the number of the portal
        - all users get a mail from the portal
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_copy_that_does_not_fit_has_no_plan() {
    let mock = mock().await;
    check(
        &mock,
        &wish(COPY, Scope::Server),
        expect![[r#"
        error: backup cccccccc-0000-0000-0000-000000000003 is a copy of this portal, not of the whole server
    "#]],
    )
    .await;
    check(
        &mock,
        &wish(DUMP, Scope::Portal),
        expect![[r#"
        error: backup dddddddd-0000-0000-0000-000000000004 is a copy of the whole server, not of this portal
    "#]],
    )
    .await;
    check(
        &mock,
        &wish(OTHER, Scope::Portal),
        expect![[r#"
        error: the portal has no backup bbbbbbbb-0000-0000-0000-000000000002
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_temporary_copy_whose_time_is_over_has_no_plan() {
    let mock = mock().await;
    let late = moment("2326-07-30T10:15:31Z");
    let error = plan_restore(&client(&mock), &wish(COPY, Scope::Portal), late).await.unwrap_err();
    assert_eq!(error.to_string(), format!("backup {COPY} was temporary and expired at 2326-07-30T10:15:30Z"));
}

#[tokio::test]
async fn where_the_portal_refuses_there_is_no_plan() {
    let mock = mock().await;
    mock.set_troubles([Trouble::Unpaid]);
    check(
        &mock,
        &wish(COPY, Scope::Portal),
        expect![[r#"
        error: cannot list the backups: payment or quota (402)
    "#]],
    )
    .await;
    mock.set_troubles([]);
    mock.set_caller(mock_portal::Caller { role: Role::RoomAdmin, ..mock_portal::Caller::default() });
    check(&mock, &wish(COPY, Scope::Portal), expect![[r#"
        error: cannot list the backups: not allowed (403): the role of the key's owner does not allow it, or the portal forbids it
    "#]]).await;
}

#[tokio::test]
async fn the_order_carries_what_the_history_knows() {
    let mock = mock().await;
    let plan = plan(&mock, &wish(COPY, Scope::Portal)).await.unwrap();
    let RestoreSource::Backup { id: sent, storage } = plan.order.source else { panic!("{plan:?}") };
    assert_eq!((sent, storage), (id(COPY), plan.record.unwrap().storage));
}
