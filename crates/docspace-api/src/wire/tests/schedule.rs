//! The schedule as it is told, and as it is ordered.

use expect_test::{Expect, expect};

use super::{json, shown};
use crate::{
    BackupPeriod, BackupTarget, BackupsStored, CronParams, Hour, MonthDay, NewSchedule, Scope, Weekday,
    wire::{schedule, schedule_body},
};

const WHOLE: &str = r#"{"storageType":0,"storageParams":{"folderId":"123"},"cronParams":{"period":1,"hour":3,"day":2},
    "backupsStored":5,"lastBackupTime":"0001-01-01T00:00:00","dump":false}"#;

#[test]
fn a_schedule_is_read() {
    expect![[r#"
        Some(
            Schedule {
                storage: Documents,
                folder: Some(
                    "123",
                ),
                params: {},
                cron: CronParams {
                    period: EveryWeek(
                        Monday,
                    ),
                    hour: Hour(
                        3,
                    ),
                },
                backups_stored: Some(
                    5,
                ),
                last_backup: None,
                scope: Portal,
            },
        )"#]]
    .assert_eq(&shown(schedule(&json(WHOLE), Scope::Server)));
}

#[test]
fn none_is_none() {
    assert_eq!(schedule(&json("null"), Scope::Portal), Ok(None));
}

/// What a schedule with these fields and a daily time says of place and scope.
fn place(fields: &str) -> String {
    let text = format!(r#"{{{fields}"cronParams":{{"period":0,"hour":0,"day":0}}}}"#);
    match schedule(&json(&text), Scope::Portal) {
        Ok(schedule) => {
            let told = schedule.unwrap();
            format!("{:?} {:?} {:?} {:?}", told.storage, told.folder, told.params, told.scope)
        }
        Err(misfit) => misfit.to_string(),
    }
}

#[test]
fn each_storage_has_its_own_parameters() {
    let tables = [
        r#""storageType":4,"storageParams":{"folderId":null},"#,
        r#""storageType":3,"storageParams":{"filePath":"/srv","folderId":"/srv"},"#,
        r#""storageType":5,"storageParams":{"module":"S3","bucket":"b","subdir":"backup"},"#,
        r#""storageType":0,"storageParams":{"folderId":123,"tenantId":"7"},"dump":true,"#,
        r#""storageType":"ThridpartyDocuments","storageParams":{"folderId":"sbox-1"},"#,
        r#""storageParams":null,"#,
        "",
        r#""storageParams":[{"key":"folderId","value":"1"}],"#,
        r#""storageParams":{"folderId":[1]},"#,
    ];
    expect![[r#"
        DataStore None {} Portal
        Local Some("/srv") {"filePath": "/srv"} Portal
        ThirdPartyConsumer None {"bucket": "b", "module": "S3", "subdir": "backup"} Portal
        Documents Some("123") {} Server
        ThirdpartyDocuments Some("sbox-1") {} Portal
        Other(-1) None {} Portal
        Other(-1) None {} Portal
        response.storageParams: an object is expected, and there is a list
        response.storageParams[0]: a text is expected, and there is a list"#]]
    .assert_eq(&tables.map(place).join("\n"));
}

#[test]
fn names_of_parameters_are_foreign_text() {
    let text = r#"{"storageParams":{"a\u001b[31m\nb":"c\u202ed","":"e"},"cronParams":{"hour":1}}"#;
    let params = schedule(&json(text), Scope::Portal).unwrap().unwrap().params;
    expect![[r#"{"a b": "cd"}"#]].assert_eq(&format!("{params:?}"));
}

/// What a schedule with this `cronParams` says of its times.
fn times(cron: &str) -> String {
    match schedule(&json(&format!(r#"{{"cronParams":{cron}}}"#)), Scope::Portal) {
        Ok(schedule) => format!("{:?}", schedule.unwrap().cron),
        Err(misfit) => misfit.to_string(),
    }
}

#[test]
fn the_week_of_the_wire_begins_on_sunday() {
    let days = (1..=7).map(|day| times(&format!(r#"{{"period":1,"hour":0,"day":{day}}}"#)));
    expect![[r#"
        CronParams { period: EveryWeek(Sunday), hour: Hour(0) }
        CronParams { period: EveryWeek(Monday), hour: Hour(0) }
        CronParams { period: EveryWeek(Tuesday), hour: Hour(0) }
        CronParams { period: EveryWeek(Wednesday), hour: Hour(0) }
        CronParams { period: EveryWeek(Thursday), hour: Hour(0) }
        CronParams { period: EveryWeek(Friday), hour: Hour(0) }
        CronParams { period: EveryWeek(Saturday), hour: Hour(0) }"#]]
    .assert_eq(&days.collect::<Vec<_>>().join("\n"));
}

#[test]
fn odd_times_are_read_or_refused_by_name() {
    let crons = [
        r#"{"period":0,"hour":23,"day":0}"#,
        r#"{"hour":5}"#,
        r#"{"period":2,"hour":"4","day":31}"#,
        r#"{"period":"everymonth","hour":4,"day":1}"#,
        r#"{"period":3,"hour":4,"day":1}"#,
        r#"{"period":"Hourly","hour":4}"#,
        r#"{"period":1,"hour":4,"day":0}"#,
        r#"{"period":1,"hour":4,"day":8}"#,
        r#"{"period":1,"hour":4}"#,
        r#"{"period":2,"hour":4,"day":32}"#,
        r#"{"period":2,"hour":4,"day":-1}"#,
        r#"{"period":0,"hour":24}"#,
        r#"{"period":0,"hour":-1}"#,
        r#"{"period":0}"#,
        r#"{"period":0,"hour":{}}"#,
        "null",
    ];
    expect![[r#"
        CronParams { period: EveryDay, hour: Hour(23) }
        CronParams { period: EveryDay, hour: Hour(5) }
        CronParams { period: EveryMonth(MonthDay(31)), hour: Hour(4) }
        CronParams { period: EveryMonth(MonthDay(1)), hour: Hour(4) }
        response.cronParams.period: a period (0 to 2) is expected, and there is a number
        response.cronParams.period: a period (0 to 2) is expected, and there is a text
        response.cronParams.day: a day of the week (1 to 7) is expected, and there is a number
        response.cronParams.day: a day of the week (1 to 7) is expected, and there is a number
        response.cronParams.day: a day of the week (1 to 7) is expected, and there is nothing
        response.cronParams.day: a day of the month (1 to 31) is expected, and there is a number
        response.cronParams.day: a day of the month (1 to 31) is expected, and there is a number
        response.cronParams.hour: an hour (0 to 23) is expected, and there is a number
        response.cronParams.hour: an hour (0 to 23) is expected, and there is a number
        response.cronParams.hour: an hour (0 to 23) is expected, and there is nothing
        response.cronParams.hour: a number is expected, and there is an object
        response.cronParams.hour: an hour (0 to 23) is expected, and there is nothing"#]]
    .assert_eq(&crons.map(times).join("\n"));
}

#[test]
fn what_is_told_beside_the_times_may_be_odd() {
    let odd = r#"{"storageType":9,"cronParams":{"hour":1},"backupsStored":-1,"lastBackupTime":"2026-07-29T10:15:30","dump":"true"}"#;
    expect![[r#"
        Some(
            Schedule {
                storage: Other(
                    9,
                ),
                folder: None,
                params: {},
                cron: CronParams {
                    period: EveryDay,
                    hour: Hour(
                        1,
                    ),
                },
                backups_stored: None,
                last_backup: Some(
                    2026-07-29T10:15:30Z,
                ),
                scope: Server,
            },
        )"#]]
    .assert_eq(&shown(schedule(&json(odd), Scope::Portal)));
}

fn check(target: BackupTarget, period: BackupPeriod, expected: Expect) {
    let cron = CronParams { period, hour: Hour::new(3).unwrap() };
    let order = NewSchedule { target, scope: Scope::Portal, cron, backups_stored: BackupsStored::new(7).unwrap() };
    expected.assert_eq(std::str::from_utf8(&schedule_body(&order)).unwrap());
}

#[test]
fn each_period_is_written_as_the_portal_takes_it() {
    check(
        BackupTarget::Documents { folder: 123 },
        BackupPeriod::EveryDay,
        expect![[
            r#"{"storageType":"Documents","storageParams":[{"key":"folderId","value":"123"}],"backupsStored":7,"cronParams":{"period":"EveryDay","hour":3},"dump":false}"#
        ]],
    );
    check(
        BackupTarget::DataStore,
        BackupPeriod::EveryWeek(Weekday::Sunday),
        expect![[
            r#"{"storageType":"DataStore","storageParams":[],"backupsStored":7,"cronParams":{"period":"EveryWeek","hour":3,"day":1},"dump":false}"#
        ]],
    );
    check(
        BackupTarget::DataStore,
        BackupPeriod::EveryWeek(Weekday::Saturday),
        expect![[
            r#"{"storageType":"DataStore","storageParams":[],"backupsStored":7,"cronParams":{"period":"EveryWeek","hour":3,"day":7},"dump":false}"#
        ]],
    );
    check(
        BackupTarget::DataStore,
        BackupPeriod::EveryMonth(MonthDay::MAX),
        expect![[
            r#"{"storageType":"DataStore","storageParams":[],"backupsStored":7,"cronParams":{"period":"EveryMonth","hour":3,"day":31},"dump":false}"#
        ]],
    );
}

#[test]
fn what_is_ordered_is_what_is_told_afterwards() {
    let days = [Weekday::Sunday, Weekday::Monday, Weekday::Saturday].map(BackupPeriod::EveryWeek);
    let months = [MonthDay::MIN, MonthDay::MAX].map(BackupPeriod::EveryMonth);
    for period in [BackupPeriod::EveryDay].into_iter().chain(days).chain(months) {
        let cron = CronParams { period, hour: Hour::MAX };
        let backups_stored = BackupsStored::default();
        let order = NewSchedule { target: BackupTarget::DataStore, scope: Scope::Server, cron, backups_stored };
        let mut body: serde_json::Value = serde_json::from_slice(&schedule_body(&order)).unwrap();
        body["storageParams"] = serde_json::json!({});
        let told = schedule(&body, Scope::Portal).unwrap().unwrap();
        assert_eq!((told.cron, told.scope, told.backups_stored), (cron, Scope::Server, Some(1)));
    }
}
