//! What arrives: the source of a mail.

use expect_test::expect;

use super::*;
use crate::{
    Incident, IncidentPhase, State,
    sample::{incident, notice},
};

/// The mail that arrives for a notice.
async fn received(notice: &Notice) -> ReceivedMail {
    let server = server(Security::Plain).start().await.unwrap();
    channel(&server, &[ADMIN]).deliver(notice).await.unwrap();
    server.mails().remove(0)
}

/// The source with its random boundary replaced.
fn redacted(mail: &ReceivedMail) -> String {
    let boundary = mail.source.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
    mail.source.replace(boundary, "BOUNDARY").replace("\r\n", "\n")
}

#[tokio::test]
async fn a_mail_as_received() {
    let mail = received(&notice()).await;
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("backup@portal.example.com", &["admin@example.com".to_owned()][..])
    );
    expect![[r#"
        From: Backup <backup@portal.example.com>
        To: =?utf-8?b?0JDQtNC80LjQvQ==?= <admin@example.com>
        Date: Wed, 29 Jul 2026 10:17:02 +0000
        Subject: portal.example.com: backup failed
        Message-ID: <0198f2c4_failed@portal.example.com>
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        List-Id: <notices.portal.example.com>
        In-Reply-To: <thread_portal_example_com@portal.example.com>
        References: <thread_portal_example_com@portal.example.com>
        MIME-Version: 1.0
        Content-Type: multipart/alternative;
         boundary="BOUNDARY"

        --BOUNDARY
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        The portal ran out of disk space.

        Started: 2026-07-29 10:15 UTC
        Portal:  https://portal.example.com/?a=1&b=2

        Next step: Free some space, then start the backup again.

        --BOUNDARY
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <!DOCTYPE html>
        <html>
        <head>
        <meta charset=3D"utf-8">
        <meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1">
        <meta name=3D"color-scheme" content=3D"light dark">
        <title>portal.example.com: backup failed</title>
        </head>
        <body style=3D"margin:0;padding:16px;font-family:sans-serif;font-size:16px;=
        line-height:1.5">
        <div style=3D"max-width:640px;padding-left:16px;border-left:4px solid #dc26=
        26;word-break:break-word;overflow-wrap:anywhere">
        <h1 style=3D"margin:0 0 12px;font-size:20px;line-height:1.3">portal.example=
        .com: backup failed</h1>
        <p style=3D"margin:0 0 16px">The portal ran out of disk space.</p>
        <table style=3D"margin:0 0 16px;border-collapse:collapse;font-size:15px">
        <tr><th scope=3D"row" style=3D"padding:2px 16px 2px 0;text-align:left;verti=
        cal-align:top;white-space:nowrap">Started</th><td style=3D"padding:2px 0;ve=
        rtical-align:top;word-break:break-word;overflow-wrap:anywhere">2026-07-29 1=
        0:15 UTC</td></tr>
        <tr><th scope=3D"row" style=3D"padding:2px 16px 2px 0;text-align:left;verti=
        cal-align:top;white-space:nowrap">Portal</th><td style=3D"padding:2px 0;ver=
        tical-align:top;word-break:break-word;overflow-wrap:anywhere"><a href=3D"ht=
        tps://portal.example.com/?a=3D1&amp;b=3D2">https://portal.example.com/?a=3D=
        1&amp;b=3D2</a></td></tr>
        </table>
        <p style=3D"margin:0"><b>Next step:</b> Free some space, then start the bac=
        kup again.</p>
        </div>
        </body>
        </html>

        --BOUNDARY--

    "#]]
    .assert_eq(&redacted(&mail));
}

#[tokio::test]
async fn messages_of_a_run_and_of_a_thread_belong_together() {
    let started = received(&Notice { state: State::Started, ..notice() }).await;
    let failed = received(&notice()).await;
    assert_eq!(header(&started, "Message-ID"), "<0198f2c4_started@portal.example.com>");
    assert_eq!(header(&failed, "Message-ID"), "<0198f2c4_failed@portal.example.com>");
    for mail in [&started, &failed] {
        assert_eq!(header(mail, "References"), "<thread_portal_example_com@portal.example.com>");
        assert_eq!(header(mail, "In-Reply-To"), header(mail, "References"));
    }
    let alone = received(&Notice { thread: None, ..notice() }).await;
    assert!(!alone.source.contains("References"), "{}", alone.source);
}

#[tokio::test]
async fn mails_of_an_incident_form_a_thread_and_others_are_in_none_of_it() {
    let of = async |id: &str, state, phase| {
        let incident = Incident { id: id.into(), phase, ..incident() };
        let mail = received(&Notice { state, incident: Some(incident), ..notice() }).await;
        assert_eq!(header(&mail, "In-Reply-To"), header(&mail, "References"));
        header(&mail, "References")
    };
    let opened = of("i-17", State::Failed, IncidentPhase::Opened).await;
    assert_eq!(opened, "<incident_i-17@portal.example.com>");
    assert_eq!(of("i-17", State::Stale, IncidentPhase::Ongoing).await, opened);
    assert_eq!(of("i-17", State::Recovered, IncidentPhase::Resolved).await, opened);
    assert_ne!(of("i-18", State::Failed, IncidentPhase::Opened).await, opened);
    assert_ne!(header(&received(&notice()).await, "References"), opened);
}

#[tokio::test]
async fn both_parts_say_since_when_it_lasts_and_where_to_look() {
    let link = Some("https://portal.example.com/backup?a=1&b=2".into());
    let mail = received(&Notice { incident: Some(incident()), link, ..notice() }).await;
    let (text, html) = mail.source.split_once("text/html").unwrap();
    assert!(
        text.contains("Failing since: 2026-07-28 22:15 UTC (3 failures)\r\nLink:          https://portal.example.com/backup?a=1&b=2\r\n"),
        "{text}"
    );
    let html = html.replace("=\r\n", "").replace("=3D", "=");
    assert!(html.contains(">Failing since</th>") && html.contains(">2026-07-28 22:15 UTC (3 failures)</td>"), "{html}");
    assert!(html.contains(r#"<a href="https://portal.example.com/backup?a=1&amp;b=2">"#), "{html}");
}

#[tokio::test]
async fn foreign_text_adds_no_header_and_no_recipient() {
    let evil = "x\r\nBcc: evil@example.com\r\n\r\n.\r\nMAIL FROM:<a@b>";
    let notice = Notice {
        id: evil.into(),
        thread: Some(evil.into()),
        outcome: Some(evil.into()),
        subject: evil.into(),
        message: evil.into(),
        ..notice()
    };
    let mail = received(&notice).await;
    let headers = mail.source.split("\r\n\r\n").next().unwrap();
    assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
    assert_eq!(header(&mail, "Subject"), "x Bcc: evil@example.com . MAIL FROM:<a@b>");
    assert_eq!(mail.to, ["admin@example.com"]);
}

#[tokio::test]
async fn subjects_beyond_ascii_are_encoded() {
    let mail = received(&Notice { subject: "Копия готова ✅".into(), ..notice() }).await;
    assert!(mail.source.is_ascii());
    assert!(header(&mail, "Subject").starts_with("=?utf-8?b?"), "{}", header(&mail, "Subject"));
}

#[tokio::test]
async fn a_hundred_thousand_characters_arrive_cut_and_below_what_mail_programs_clip() {
    let mail = received(&Notice { message: "ж".repeat(100_000), ..notice() }).await;
    assert!(mail.source.len() < 100_000, "{}", mail.source.len());
    let mail = received(&Notice { message: "a".repeat(100_000), ..notice() }).await;
    let text = mail.source.replace("=\r\n", "").replace("\r\n", "");
    assert!(text.contains("100000 characters in all)"), "{text}");
}

#[tokio::test]
async fn the_same_notice_is_sent_again_after_a_success() {
    let server = server(Security::Plain).start().await.unwrap();
    let channel = channel(&server, &[ADMIN]);
    channel.deliver(&notice()).await.unwrap();
    channel.deliver(&notice()).await.unwrap();
    assert_eq!(header(&server.mails()[0], "Message-ID"), header(&server.mails()[1], "Message-ID"));
}
