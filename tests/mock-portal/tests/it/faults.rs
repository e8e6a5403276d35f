//! Faults: each breaks what it says, where it says, with the effect that it says.

use std::time::Duration;

use mock_portal::{Answer, DEMO_KEY, Fault, MockPortal, Operation, Reply};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Client, PROGRESS, TEMPORARY, VERSION};

/// All bytes that come for a GET on a connection of its own, and how it ended.
async fn raw(portal: &MockPortal) -> (Vec<u8>, std::io::Result<()>) {
    let mut stream = TcpStream::connect(portal.address()).await.unwrap();
    let request = format!("GET {VERSION} HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).await.map(drop);
    (bytes, end)
}

fn version() -> Fault {
    Fault::on(Operation::Version)
}

#[tokio::test]
async fn a_cut_is_exact_to_the_byte() {
    let client = Client::new().await;
    let (whole, _) = raw(&client.portal).await;
    for bytes in [1, 16, 17, whole.len() - 1] {
        client.portal.inject(version().cut_after(bytes));
        let (part, end) = raw(&client.portal).await;
        assert_eq!(part.len(), bytes);
        assert!(end.is_ok(), "closed in good order");
    }
}

#[tokio::test]
async fn a_cut_in_the_body_leaves_the_head_whole() {
    let client = Client::new().await;
    for bytes in [0, 1, 30] {
        client.portal.inject(version().cut_body_after(bytes));
        let (part, _) = raw(&client.portal).await;
        let text = String::from_utf8(part).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("content-length: "), "{head}");
        assert_eq!(body.len(), bytes);
    }
    assert_eq!(client.portal.calls()[0].reply, Reply::Cut(200));
}

#[tokio::test]
async fn a_reset_is_a_reset_and_a_close_is_none() {
    let client = Client::new().await;
    client.portal.inject(version().reset());
    let (bytes, end) = raw(&client.portal).await;
    assert_eq!((bytes.len(), end.unwrap_err().kind()), (0, std::io::ErrorKind::ConnectionReset));
    client.portal.inject(version().close());
    let (bytes, end) = raw(&client.portal).await;
    assert!(bytes.is_empty() && end.is_ok());
    client.portal.inject(version().cut_body_after(5).by_reset());
    let (_, end) = raw(&client.portal).await;
    assert_eq!(end.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
    let replies: Vec<_> = client.portal.calls().iter().map(|call| call.reply).collect();
    assert_eq!(replies, [Reply::Reset, Reply::Closed, Reply::Cut(200)]);
}

#[tokio::test]
async fn a_start_can_break_before_or_after_its_effect() {
    let start = || Fault::on(Operation::Start);
    for (fault, status, starts) in [
        (start().answer(Answer::gateway(502)), Some(502), 0),
        (start().answer(Answer::gateway(502)).after_effect(), Some(502), 1),
        (start().reset(), None, 0),
        (start().reset().after_effect(), None, 1),
        (start().close(), None, 0),
        (start().cut_body_after(9), None, 1),
        (start().cut_body_after(9).before_effect(), None, 0),
    ] {
        let client = Client::new().await;
        let told = format!("{fault:?}");
        client.portal.inject(fault);
        let answer = client.try_post(crate::client::START, TEMPORARY).await;
        assert_eq!(answer.ok().map(|answer| answer.status), status, "{told}");
        assert_eq!(client.portal.starts(), starts, "{told}");
        assert_eq!(client.portal.calls_of(Operation::Start).len(), 1, "{told}");
    }
}

#[tokio::test]
async fn a_fault_meets_the_calls_it_was_laid_for() {
    let client = Client::new().await;
    client.portal.inject(Fault::on(Operation::Progress).nth(2).times(2).status(503));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(client.get(PROGRESS).await.status);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    client.portal.inject(Fault::on_any().always().status(500));
    assert_eq!(client.get(VERSION).await.status, 500);
    client.portal.clear_faults();
    assert_eq!(client.get(VERSION).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_delayed_answer_is_late_and_old() {
    let client = Client::new().await;
    client.portal.inject(Fault::on(Operation::Start).delay(Duration::from_secs(20)));
    let before = tokio::time::Instant::now();
    let item = client.start(TEMPORARY).await.response();
    assert!(before.elapsed() >= Duration::from_secs(20));
    assert_eq!(item["status"], 0, "the answer was made when the call came");
    assert_eq!(client.get(PROGRESS).await.response()["status"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_hanging_call_is_never_answered_and_the_others_are() {
    let client = Client::new().await;
    client.portal.inject(Fault::on(Operation::Start).hang());
    let error = client.try_post(crate::client::START, TEMPORARY).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(client.portal.starts(), 0);
    assert_eq!(client.portal.calls()[0].reply, Reply::Hanging);
    assert_eq!(client.get(VERSION).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_stalled_answer_begins_and_never_ends() {
    let client = Client::new().await;
    client.portal.inject(version().stall_after(40));
    assert!(client.try_get(VERSION).await.unwrap_err().is_timeout());
}

#[tokio::test(start_paused = true)]
async fn a_trickled_answer_is_whole_in_the_end() {
    let client = Client::new().await;
    client.portal.inject(version().trickle(Duration::from_millis(100)));
    let before = tokio::time::Instant::now();
    assert_eq!(client.get(VERSION).await.response()["docSpace"], "3.7.2.4321");
    assert!(before.elapsed() >= Duration::from_secs(20), "{:?}", before.elapsed());
}

#[tokio::test]
async fn answers_can_be_anything() {
    let client = Client::new().await;
    let bomb = Answer::json(200, vec![b' '; 17 * 1024 * 1024]);
    let broken = Answer::json(200, *b"\x1f\x8b\x08\x00broken").header("content-encoding", "gzip");
    client.portal.inject(version().answer(bomb));
    client.portal.inject(version().nth(2).answer(broken));
    client.portal.inject(version().nth(3).redirect("http://other.example/login"));
    client.portal.inject(version().nth(4).answer(Answer::throttled(Some("120"))));
    client.portal.inject(version().nth(5).answer(Answer::login_page()));
    client.portal.inject(version().nth(6).answer(Answer::empty(200).header("no header", "x")));
    assert_eq!(client.get(VERSION).await.body.len(), 17 * 1024 * 1024);
    assert!(client.try_get(VERSION).await.unwrap_err().is_decode());
    let send = || async { client.request("GET", VERSION).bearer_auth(DEMO_KEY).send().await.unwrap() };
    let redirect = send().await;
    assert_eq!(
        (redirect.status().as_u16(), &redirect.headers()["location"]),
        (302, &"http://other.example/login".parse().unwrap())
    );
    let throttled = send().await;
    assert_eq!((throttled.status().as_u16(), &throttled.headers()["retry-after"]), (429, &"120".parse().unwrap()));
    assert!(send().await.text().await.unwrap().contains("<form>"));
    assert_eq!(send().await.status(), 500, "what is no HTTP is said to be none");
}

#[tokio::test]
async fn dropping_the_portal_ends_its_connections() {
    let client = Client::new().await;
    let address = client.portal.address();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: mock\r\n\r\n").await.unwrap();
    client.portal.wait_for_calls(Operation::Other, 1).await;
    drop(client);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}
