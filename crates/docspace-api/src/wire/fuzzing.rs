//! What every reader of an answer holds to, whatever the answer.

use std::{error::Error, iter::successors};

use bytes::Bytes;
use serde_json::Value;

use super::{
    Misfit, WireFault, cancel_reply, count, current_folder, done, folder, folder_page, history, key, open, progress,
    quota, restore_progress, schedule, schedule_body, sections, service_state, settings, storage_providers, tenant,
    used_space, user, version,
};
use crate::{
    Address, ApiErrorKind, BackupTarget, BackupsStored, CancelReply, File, FileId, Folder, FolderId, FolderPage,
    JobState, Listing, NewSchedule, PlainHttp, Progress, Schedule, Scope, Show, TaskId, entry_id,
    fuzzing::{assert_fit_to_show, assert_harmless, assert_no_markup, first_line, number_or},
    transport::Answer,
};

/// Reads an input as an answer of success: the first line is its status, the rest its body.
///
/// # Panics
///
/// Where a reader breaks its promise.
pub fn wire(data: &[u8]) {
    let (status, body) = first_line(data);
    let status = 200 + number_or(status, 200) % 100;
    let opened = opened(status, body);
    let padded = [b"\xef\xbb\xbf \r\n".as_slice(), body, b"\n\t"].concat();
    let is_marked = body.starts_with(b"\xef\xbb\xbf"); // Of two byte order marks one is no mark.
    assert!(is_marked || opened.is_ok() == self::opened(status, &padded).is_ok(), "white space makes a difference");
    match opened {
        Ok(response) => {
            check_readers(&response);
            check_files(&response);
        }
        Err(fault) => check_fault(&fault, body),
    }
}

fn opened(status: u16, body: &[u8]) -> Result<Value, WireFault> {
    open(&Answer { status, attempts: 1, body: Bytes::copy_from_slice(body) })
}

fn check_fault(fault: &WireFault, body: &[u8]) {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    assert_eq!(fault.kind() == ApiErrorKind::NotAPortal, text.starts_with(b"<"), "a web page is told from the rest");
    if let Some(message) = fault.message() {
        assert_fit_to_show(message);
        assert_no_markup(message);
    }
    check_words(fault);
}

/// What an error says of itself names places and kinds, so it is short whatever was there.
fn check_words(error: &(dyn Error + 'static)) {
    for cause in successors(Some(error), |&error| error.source()) {
        assert_fit_to_show(&cause.to_string());
    }
}

fn check_readers(response: &Value) {
    let address = Address::parse("https://portal.example.com/docs", PlainHttp::LoopbackOnly)
        .expect("this is an address of a portal");
    check(progress(response, &address), |job| job.iter().for_each(check_progress));
    check(restore_progress(response, &address), |job| job.iter().for_each(check_progress));
    check(schedule(response, Scope::Portal), |schedule| schedule.iter().for_each(check_schedule));
    check_numbers(response);
    check(history(response), |records| {
        records.iter().for_each(|record| check_task(&record.id));
        let rows = response.as_array().map_or(0, Vec::len);
        assert!(records.len() <= rows, "more records than rows");
    });
    check(key(response), |key| [&key.name, &key.postfix].into_iter().for_each(|text| check_text(text)));
    check(user(response), |user| {
        check_text(&user.display_name);
        user.email.iter().for_each(|email| assert_fit_to_show(email));
    });
    check(tenant(response), |tenant| {
        let texts = [&tenant.name, &tenant.alias, &tenant.time_zone, &tenant.owner_id];
        texts.into_iter().flatten().for_each(|text| assert_fit_to_show(text));
    });
    check(settings(response), |settings| settings.time_zone.iter().for_each(|zone| assert_fit_to_show(zone)));
    check(storage_providers(response), |providers| {
        for provider in providers {
            [&provider.id, &provider.title]
                .into_iter()
                .chain(&provider.properties)
                .for_each(|text| assert_fit_to_show(text));
        }
    });
    check(version(response), |version| {
        assert_fit_to_show(&version.to_string());
        assert!(version.is_at_least(&[]) && version.to_string().parse().as_ref() == Ok(version));
    });
}

fn check_numbers(response: &Value) {
    check(quota(response), |quota| {
        quota.name.iter().for_each(|name| assert_fit_to_show(name));
        assert_ne!(quota.total_bytes, Some(i64::MAX as u64), "that is no limit");
    });
    check(service_state(response), |_| assert!(response.is_object()));
    check(count(response), |_| assert!(response.is_number() || response.is_string()));
    check(used_space(response), |_| assert!(response.is_number() || response.is_string()));
    check(cancel_reply(response), |reply| {
        assert_eq!(done(response).is_ok(), *reply == CancelReply::Emptied, "both are true or false");
    });
    check(done(response), |()| assert_eq!(cancel_reply(response), Ok(CancelReply::Emptied)));
}

/// What is told is fit to show, and its times can be ordered and are told again alike.
fn check_schedule(told: &Schedule) {
    told.folder.iter().chain(told.params.keys()).chain(told.params.values()).for_each(|text| assert_fit_to_show(text));
    let target = BackupTarget::ThirdPartyConsumer { module: "S3".to_owned(), params: told.params.clone() };
    let order = NewSchedule { target, scope: told.scope, cron: told.cron, backups_stored: BackupsStored::MAX };
    let mut body: Value = serde_json::from_slice(&schedule_body(&order)).expect("a body is JSON");
    body["storageParams"] = Value::Null;
    let again =
        schedule(&body, Scope::Portal).ok().flatten().map(|again| (again.cron, again.scope, again.backups_stored));
    assert_eq!(again, Some((told.cron, told.scope, Some(30))));
}

fn check_files(response: &Value) {
    check(folder(response), check_folder);
    check(current_folder(response), check_folder);
    check(sections(response), |sections| sections.iter().for_each(check_folder));
    for (start_index, count) in [(0, 1), (7, 100), (u32::MAX, 255)] {
        let asked = Listing { show: Show::Everything, start_index, count };
        check(folder_page(response, asked), |page| check_page(page, asked));
    }
}

fn check_page(page: &FolderPage, asked: Listing) {
    [&page.current].into_iter().chain(&page.path).chain(&page.folders).for_each(check_folder);
    page.files.iter().for_each(check_file);
    let shown = u32::try_from(page.folders.len() + page.files.len()).unwrap_or(u32::MAX);
    if let Some(next) = page.next {
        assert!(next > asked.start_index && next - asked.start_index >= shown, "{next} after {asked:?}");
        assert!(page.total.is_none_or(|total| next < total), "{next} of {:?}", page.total);
    }
}

fn check_folder(folder: &Folder) {
    for id in [Some(&folder.id), folder.parent.as_ref()].into_iter().flatten() {
        assert_eq!(id.to_string().parse::<FolderId>().as_ref(), Ok(id));
        check_segment(&id.to_string());
    }
}

fn check_file(file: &File) {
    assert_eq!(file.id.to_string().parse::<FileId>().as_ref(), Ok(&file.id));
    file.folder.iter().for_each(|folder| check_segment(&folder.to_string()));
}

/// An id is one segment of a path, or none: it never leads to another call.
fn check_segment(id: &str) {
    let Some(segment) = entry_id::segment(id) else { return };
    let mut url: url::Url = "https://portal.example.com".parse().expect("this is an address");
    url.set_path(&format!("/files/{segment}"));
    assert_eq!(url.as_str(), format!("https://portal.example.com/files/{segment}"), "{id:?}");
    assert!(!segment.contains(['/', '\\', '?', '#']), "{segment}");
}

fn check<T>(read: Result<T, Misfit>, property: impl FnOnce(&T)) {
    match read {
        Ok(value) => property(&value),
        Err(misfit) => {
            assert!(misfit.to_string().starts_with("response"), "{misfit}");
            check_words(&misfit);
        }
    }
}

fn check_progress(job: &Progress) {
    check_task(&job.task);
    assert!(job.percent <= 100, "{}", job.percent);
    match &job.state {
        JobState::Failed { reason } => check_text(reason),
        JobState::Completed { warning } => warning.iter().for_each(|warning| check_text(warning)),
        JobState::Created | JobState::Running | JobState::Cancelled => {}
    }
    if let Some(link) = &job.link {
        assert!(matches!(link.scheme(), "https" | "http") && link.has_host(), "{link}");
        assert!(link.username().is_empty() && link.password().is_none(), "{link}");
        assert!(link.as_str().is_ascii(), "{link}");
        assert_harmless(link.as_str());
    }
}

/// An id is 36 characters in lower case, and reads as itself.
fn check_task(task: &TaskId) {
    let id = task.as_str();
    assert!(id.len() == 36 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')), "{id:?}");
    assert_eq!(id.parse().as_ref(), Ok(task));
}

/// Words that may also be missing.
fn check_text(text: &str) {
    if !text.is_empty() {
        assert_fit_to_show(text);
    }
}
