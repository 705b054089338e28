#!/usr/bin/env python3
"""AWS IoT's named shadows behind an MQTT broker, after "Device Shadow MQTT topics", "Device Shadow service documents" and
"Device Shadow error messages" of the AWS IoT developer guide. Shares nothing with the program it serves.

shadow-responder.py PORT AUTHORITY CERTIFICATE KEY

Each line of the input is a command, as JSON: {"do": "put", "thing", "shadow", "desired"} replaces what is desired, "update" merges a request's
state, "delete" deletes, "wipe" sets "reported" to null, "publish" sends a raw message ("topic", "payload", "retain"), "refuse" answers the
next requests of one kind with "code" ("thing", "shadow", "verb", "times"), "get" tells the shadow. Each line of the output is an event.
"""
import json
import queue
import socket
import sys
import threading
import time

import paho.mqtt.client as mqtt

LARGEST_STATE = 8192
DEEPEST = 8
LONGEST_TOKEN = 64
MOST_IN_FLIGHT = 10
SECONDS_A_REQUEST = 0.005
MESSAGES = {
    400: "Bad request", 404: "No shadow exists with name: '%s'", 409: "Version conflict",
    413: "The payload exceeds the maximum size allowed", 429: "Too many requests", 500: "Internal service failure"}

sys.setrecursionlimit(10000)
speaking = threading.Lock()
state_lock = threading.RLock()


def tell(event, **more):
    with speaking:
        print(json.dumps(dict(event=event, **more)), flush=True)


class Refusal(Exception):
    def __init__(self, code, message=None):
        super().__init__(code)
        self.code = code
        self.message = message or MESSAGES[code]


class Shadow:
    def __init__(self):
        self.sections = {}
        self.times = {}


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def depth(value):
    if isinstance(value, dict):
        return 1 + max((depth(v) for v in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((depth(v) for v in value), default=0)
    return 0


def merge(old, patch):
    """A field that is null goes away, an object is merged, anything else, an array too, takes the old one's place."""
    result = dict(old)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            result[key] = merge(result[key] if isinstance(result.get(key), dict) else {}, value)
        else:
            result[key] = value
    return result


def stamps(value, now):
    if isinstance(value, dict):
        return {key: stamps(v, now) for key, v in value.items()}
    if isinstance(value, list):
        return [stamps(v, now) for v in value]
    return {"timestamp": now}


def differing(desired, reported):
    found = {}
    for key, value in desired.items():
        other = reported.get(key)
        if isinstance(value, dict) and isinstance(other, dict):
            inner = differing(value, other)
            if inner:
                found[key] = inner
        elif value != other:
            found[key] = value
    return found


def patch_to(old, new):
    patch = {key: None for key in old if key not in new}
    for key, value in new.items():
        both = isinstance(value, dict) and isinstance(old.get(key), dict)
        patch[key] = patch_to(old[key], value) if both else value
    return patch


class Service:
    def __init__(self, client):
        self.client = client
        self.shadows = {}
        self.versions = {}
        self.refusals = {}
        self.in_flight = {}
        self.work = queue.Queue()
        threading.Thread(target=self.serve, daemon=True).start()

    def send(self, thing, name, verb, answer, document, token=None):
        if token is not None:
            document["clientToken"] = token
        document.setdefault("timestamp", int(time.time()))
        self.client.publish("$aws/things/%s/shadow/name/%s/%s/%s" % (thing, name, verb, answer), json.dumps(document), qos=1)

    def heard(self, message):
        parts = message.topic.split("/")
        if parts[0] != "$aws":
            text = message.payload.decode("utf-8", "replace")
            tell("message", topic=message.topic, payload=text, retain=message.retain)
            return
        thing, name, verb = parts[2], parts[5], parts[6]
        with state_lock:
            waiting = self.in_flight.get(thing, 0)
            if waiting >= MOST_IN_FLIGHT:
                tell("rejected", thing=thing, shadow=name, verb=verb, code=429)
                self.send(thing, name, verb, "rejected", {"code": 429, "message": MESSAGES[429]}, self.token(message.payload))
                return
            self.in_flight[thing] = waiting + 1
        self.work.put((thing, name, verb, message.payload))

    @staticmethod
    def token(payload):
        try:
            return json.loads(payload).get("clientToken")
        except (ValueError, AttributeError):
            return None

    def serve(self):
        while True:
            thing, name, verb, payload = self.work.get()
            time.sleep(SECONDS_A_REQUEST)
            with state_lock:
                self.in_flight[thing] -= 1
                self.request(thing, name, verb, payload)

    def request(self, thing, name, verb, payload):
        try:
            try:
                body = json.loads(payload) if payload else {}
            except ValueError:
                raise Refusal(400, "Invalid JSON")
            if not isinstance(body, dict):
                raise Refusal(400, "Invalid JSON")
            token = body.get("clientToken")
            if token is not None and (not isinstance(token, str) or len(token.encode()) > LONGEST_TOKEN):
                raise Refusal(400, "Invalid clientToken")
            left = self.refusals.get((thing, name, verb), [0, 0])
            if left[0] > 0:
                left[0] -= 1
                raise Refusal(left[1])
            getattr(self, verb)(thing, name, body, token)
        except Refusal as refusal:
            message = refusal.message % name if "%s" in refusal.message else refusal.message
            tell("rejected", thing=thing, shadow=name, verb=verb, code=refusal.code)
            self.send(thing, name, verb, "rejected", {"code": refusal.code, "message": message}, self.token(payload))

    def get(self, thing, name, body, token):
        shadow = self.shadows.get((thing, name))
        if shadow is None:
            raise Refusal(404)
        state = dict(shadow.sections)
        difference = differing(state.get("desired", {}), state.get("reported", {}))
        if difference:
            state["delta"] = difference
        answer = {"state": state, "metadata": shadow.times, "version": self.versions[thing, name]}
        tell("got", thing=thing, shadow=name)
        self.send(thing, name, "get", "accepted", answer, token)

    def update(self, thing, name, body, token):
        state = body.get("state")
        if "state" not in body:
            raise Refusal(400, "Missing required node: state")
        if not isinstance(state, dict):
            raise Refusal(400, "State node must be an object")
        for section, value in state.items():
            if section not in ("desired", "reported"):
                raise Refusal(400, "State contains an invalid node: " + section)
            if value is not None and not isinstance(value, dict):
                raise Refusal(400, section.capitalize() + " node must be an object")
            if depth(value) > DEEPEST:
                raise Refusal(400, "JSON contains too many levels of nesting; maximum is %d" % DEEPEST)
        version = self.versions.get((thing, name), 0)
        asked = body.get("version")
        if asked is not None and (isinstance(asked, bool) or not isinstance(asked, int)):
            raise Refusal(400, "Invalid version")
        if asked is not None and asked != version:
            raise Refusal(409)
        now = int(time.time())
        before = self.shadows.get((thing, name))
        shadow = Shadow()
        if before:
            shadow.sections, shadow.times = dict(before.sections), dict(before.times)
        for section, value in state.items():
            shadow.sections[section] = {} if value is None else merge(shadow.sections.get(section, {}), value)
            if not shadow.sections[section]:
                del shadow.sections[section]
        shadow.times = {section: stamps(value, now) for section, value in shadow.sections.items()}
        if len(compact(shadow.sections)) > LARGEST_STATE:
            raise Refusal(413)
        self.shadows[thing, name] = shadow
        self.versions[thing, name] = version = version + 1
        times = {section: stamps(value, now) for section, value in state.items() if value}
        self.send(thing, name, "update", "accepted", {"state": state, "metadata": times, "version": version}, token)
        difference = differing(shadow.sections.get("desired", {}), shadow.sections.get("reported", {}))
        if difference:
            delta = {"state": difference, "metadata": stamps(difference, now), "version": version}
            self.send(thing, name, "update", "delta", delta, token)
        current = {"state": shadow.sections, "metadata": shadow.times, "version": version}
        self.send(thing, name, "update", "documents", {"previous": None, "current": current}, token)
        if "reported" in state:
            tell("reported", thing=thing, shadow=name, version=version, asked=asked, reported=shadow.sections.get("reported", {}))

    def delete(self, thing, name, body, token):
        if (thing, name) not in self.shadows:
            raise Refusal(404)
        del self.shadows[thing, name]
        self.send(thing, name, "delete", "accepted", {"version": self.versions[thing, name]}, token)

    def command(self, command):
        what, thing, name = command["do"], command.get("thing"), command.get("shadow")
        if what == "put":
            shadow = self.shadows.get((thing, name))
            desired = shadow.sections.get("desired", {}) if shadow else {}
            self.update(thing, name, {"state": {"desired": patch_to(desired, command["desired"])}}, None)
        elif what == "wipe":
            self.update(thing, name, {"state": {"reported": None}}, None)
        elif what == "delete":
            self.delete(thing, name, {}, None)
        elif what == "publish":
            self.client.publish(command["topic"], command["payload"], qos=1, retain=command.get("retain", False))
        elif what == "refuse":
            self.refusals[thing, name, command["verb"]] = [command["times"], command["code"]]
        shadow = self.shadows.get((thing, name))
        return {"version": self.versions.get((thing, name), 0), "state": shadow.sections if shadow else None}


def main():
    port, authority, certificate, key = sys.argv[1:5]
    options = {"client_id": "responder"}
    if hasattr(mqtt, "CallbackAPIVersion"):
        options["callback_api_version"] = mqtt.CallbackAPIVersion.VERSION1
    client = mqtt.Client(**options)
    client.tls_set(authority, certificate, key)
    client.reconnect_delay_set(1, 1)
    client.max_inflight_messages_set(1000)
    service = Service(client)
    client.on_message = lambda _, __, message: service.heard(message)
    topics = ["$aws/things/+/shadow/name/+/" + verb for verb in ("get", "update", "delete")] + ["affray/#"]
    client.on_connect = lambda *_: client.subscribe([(topic, 1) for topic in topics])
    client.on_socket_open = lambda _, __, sock: sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.on_subscribe = lambda *_: tell("ready")
    client.connect_async("localhost", int(port), keepalive=20)
    client.loop_start()
    for line in sys.stdin:
        try:
            with state_lock:
                answer = service.command(json.loads(line))
            tell("done", **answer)
        except Refusal as refusal:
            tell("done", refused=refusal.code)


main()
