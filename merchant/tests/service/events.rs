//! A browser listens.

use std::time::Duration;

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::gate::Answer;
use crate::world::{World, code, quick, sale};

/// Server-sent events as a browser reads them.
struct Stream {
    response: Response,
    text: String,
}

#[derive(Debug, PartialEq)]
struct Heard {
    event: String,
    id: Option<i64>,
    data: Value,
}

impl Stream {
    async fn open(world: &World, token: &str) -> Self {
        let response = world.get(&format!("/api/checkouts/{token}/events")).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self { response, text: String::new() }
    }

    /// The next event; none at the end of the stream.
    async fn next(&mut self) -> Option<Heard> {
        let end = async {
            loop {
                if let Some((event, rest)) = self.text.split_once("\n\n") {
                    let heard = read(event);
                    self.text = rest.to_owned();
                    return Some(heard);
                }
                let chunk = self.response.chunk().await.unwrap()?;
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        tokio::time::timeout(Duration::from_secs(10), end).await.expect("no event came")
    }

    /// The next document.
    async fn document(&mut self) -> Value {
        loop {
            let heard = self.next().await.expect("the stream ended");
            if heard.event == "document" {
                assert_eq!(heard.id, heard.data["checkout"]["revision"].as_i64());
                return heard.data;
            }
        }
    }
}

fn read(event: &str) -> Heard {
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    Heard {
        event: field("event").unwrap().to_owned(),
        id: field("id").map(|id| id.parse().unwrap()),
        data: serde_json::from_str(field("data").unwrap()).unwrap(),
    }
}

#[tokio::test]
async fn a_listener_hears_the_document_at_once_then_each_change_and_then_the_end() {
    let world = World::open().await;
    let bought = world.buy().await;
    let mut stream = Stream::open(&world, &bought.token).await;
    assert_eq!(stream.document().await, world.document(&bought.token).await);
    world.callback(&code(&bought.payment_id(), "a")).await;
    let with_code = stream.document().await;
    assert_eq!(with_code["display_data"][0]["data"], "weixin://wxpay/bizpayurl?pr=a");
    assert_eq!(with_code["checkout"]["expires_in"], 600.0);
    world.callback(&code(&bought.payment_id(), "a")).await;
    world.callback(&sale(&bought.payment_id(), "success")).await;
    assert_eq!(stream.document().await["payment"]["status"], "success");
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn every_listener_hears_the_end_and_none_is_left_open() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let mut streams = Vec::new();
    for _ in 0..50 {
        let mut stream = Stream::open(&world, &bought.token).await;
        stream.document().await;
        streams.push(stream);
    }
    assert_eq!(world.metric("merchant_event_streams").await, 50);
    drop(streams.split_off(40));
    world.callback(&sale(&bought.payment_id(), "success")).await;
    for stream in &mut streams {
        assert_eq!(stream.document().await["payment"]["status"], "success");
        assert_eq!(stream.next().await, None);
    }
    for _ in 0..1000 {
        if world.metric("merchant_event_streams").await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("streams are left open");
}

#[tokio::test]
async fn a_heartbeat_shows_that_the_line_is_alive_and_how_much_time_is_left() {
    let mut timing = quick();
    timing.heartbeat = Duration::from_millis(50);
    let world = World::open_with(timing).await;
    let bought = world.buy_with_code().await;
    let mut stream = Stream::open(&world, &bought.token).await;
    let revision = stream.document().await["checkout"]["revision"].clone();
    world.clock.pass(20);
    let heard = stream.next().await.unwrap();
    assert_eq!(
        heard,
        Heard { event: "heartbeat".into(), id: None, data: json!({"revision": revision, "expires_in": 580.0}) }
    );
    assert_eq!(stream.next().await.unwrap().event, "heartbeat");
}

#[tokio::test]
async fn whoever_has_heard_the_end_is_told_not_to_connect_again() {
    let world = World::open().await;
    let bought = world.buy().await;
    world.callback(&sale(&bought.payment_id(), "decline")).await;
    let mut stream = Stream::open(&world, &bought.token).await;
    let revision = stream.document().await["checkout"]["revision"].as_i64().unwrap();
    assert_eq!(stream.next().await, None);
    let again = |seen: i64| {
        world
            .client
            .get(world.url(&format!("/api/checkouts/{}/events", bought.token)))
            .header("Last-Event-ID", seen)
            .send()
    };
    assert_eq!(again(revision).await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(again(revision - 1).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_server_that_stops_ends_its_streams_and_does_not_wait_for_them() {
    let mut world = World::open().await;
    let bought = world.buy_with_code().await;
    let mut stream = Stream::open(&world, &bought.token).await;
    stream.document().await;
    let stopping = tokio::time::timeout(Duration::from_secs(5), world.shutdown());
    let (heard, stopped) = tokio::join!(stream.next(), stopping);
    assert_eq!(heard, None);
    assert!(stopped.is_ok());
}

#[tokio::test]
async fn giving_up_is_heard_in_the_other_tab() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let mut stream = Stream::open(&world, &bought.token).await;
    stream.document().await;
    world.post(&format!("/api/checkouts/{}/cancel", bought.token)).send().await.unwrap();
    assert_eq!(stream.document().await["payment"]["status"], "cancelled");
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_renewal_is_heard_in_the_other_tab_although_gate_is_silent() {
    let mut timing = quick();
    timing.gate_timeout = Duration::from_secs(30);
    let world = World::open_with(timing).await;
    let bought = world.buy_with_code().await;
    world.gate.next_sale(Answer::Silence);
    let mut stream = Stream::open(&world, &bought.token).await;
    stream.document().await;
    world.clock.pass(30);
    world.renew(&bought.token).await;
    let document = stream.document().await;
    assert_ne!(document["payment"]["id"], bought.payment_id().as_str());
    assert!(document.get("display_data").is_none());
}
