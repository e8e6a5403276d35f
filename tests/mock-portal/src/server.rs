//! Accepts connections and brings each call to its answer, through the faults that wait for it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{DATE, Entry};
use axum::http::{Request as HttpRequest, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::answer::Answer;
use crate::call::Reply;
use crate::clock::http_date;
use crate::fault::{Break, Effect, Fault};
use crate::operations;
use crate::request::{Door, Request};
use crate::state::Shared;
use crate::wire::{Orders, Wire};

/// Serves until it is dropped, and its connections with it.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, door: Door) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve_connection(stream, Arc::clone(&shared), door));
                }
                // No file handle is free, most likely; one may be soon.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve_connection(stream: TcpStream, shared: Arc<Shared>, door: Door) {
    let orders = Orders::default();
    let wire = TokioIo::new(Wire::new(stream, orders.clone()));
    let service = service_fn(|request: HttpRequest<Incoming>| {
        let (shared, orders) = (Arc::clone(&shared), orders.clone());
        async move {
            let answer = answer_call(&shared, &orders, request.map(Body::new), door).await;
            Ok::<_, Infallible>(dated(&shared, answer))
        }
    });
    // A connection that breaks is the caller's affair, or was ordered.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(wire, service).await;
}

async fn answer_call(shared: &Shared, orders: &Orders, request: HttpRequest<Body>, door: Door) -> Response<Body> {
    orders.pass();
    let key = shared.lock().config.api_key.clone();
    let request = Request::read(request, &key, door).await;
    let number = shared.arrive(&request);
    let fault = shared.lock().faults.meet(request.route.operation());
    match fault {
        None => send(shared, orders, number, act(shared, number, &request), None, false),
        Some(fault) => answer_faultily(shared, orders, number, &request, fault).await,
    }
}

/// With the time of the portal's own clock, unless the answer has one of its own.
fn dated(shared: &Shared, mut answer: Response<Body>) -> Response<Body> {
    let date = http_date(shared.lock().clock.date(Instant::now()));
    if let (Entry::Vacant(place), Ok(date)) = (answer.headers_mut().entry(DATE), date.parse()) {
        place.insert(date);
    }
    answer
}

async fn answer_faultily(
    shared: &Shared,
    orders: &Orders,
    number: usize,
    request: &Request,
    fault: Fault,
) -> Response<Body> {
    let real = match fault.effect() {
        Effect::Done => act(shared, number, request),
        Effect::Withheld => Answer::gateway(502),
    };
    shared.note(number, "fault injected");
    tokio::time::sleep(fault.delay).await;
    send(shared, orders, number, fault.answer.unwrap_or(real), fault.break_off, fault.by_reset)
}

/// Notes what the caller will get, and breaks the connection where a fault or the answer itself orders it.
fn send(
    shared: &Shared,
    orders: &Orders,
    number: usize,
    answer: Answer,
    break_off: Option<Break>,
    by_reset: bool,
) -> Response<Body> {
    let break_off = break_off.or(answer.breaks_after.map(Break::InBody));
    shared.reply(number, reply(answer.status, break_off, by_reset));
    if let Some(at) = break_off {
        orders.break_off(at, by_reset);
    }
    answer.into_response()
}

fn act(shared: &Shared, number: usize, request: &Request) -> Answer {
    let (answer, note) = operations::perform(&mut shared.lock(), request);
    if !note.is_empty() {
        shared.note(number, &note);
    }
    answer
}

fn reply(status: u16, break_off: Option<Break>, by_reset: bool) -> Reply {
    match break_off {
        None | Some(Break::Trickle(_)) => Reply::Status(status),
        Some(Break::After(0)) if by_reset => Reply::Reset,
        Some(Break::After(0)) => Reply::Closed,
        Some(Break::After(_) | Break::InBody(_)) => Reply::Cut(status),
        Some(Break::StallAfter(_)) => Reply::Hanging,
    }
}
