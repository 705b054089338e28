'use strict';

// The console's page. It asks for the state of things every two seconds and brings the page in line, element by element, so that
// scroll position, open details and focus stay. Everything that comes from outside goes in as text or as a property, never as markup.

const POLL_MILLIS = 2000;
const POLL_HIDDEN_MILLIS = 10000;
const ANSWER_WITHIN_MILLIS = 6000;

const byId = id => document.getElementById(id);

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function text(element, value) {
  const wanted = value === null || value === undefined ? '' : String(value);
  if (element.textContent !== wanted) element.textContent = wanted;
}

function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** One child of `parent` for each item, in order: kept where its key was there before, made by `create` where not, told by `update`. */
function sync(parent, items, keyOf, create, update) {
  const before = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = before.get(key);
    if (child) {
      before.delete(key);
    } else {
      child = create(item);
      child.dataset.key = key;
    }
    update(child, item);
    if (child === cursor) {
      cursor = cursor.nextElementSibling;
    } else {
      parent.insertBefore(child, cursor);
    }
  }
  before.forEach(child => child.remove());
}

/** Texts as children of the given tag. */
function syncTexts(parent, tag, texts) {
  sync(parent, texts.map((value, index) => ({ value, index })), item => item.index, () => make(tag), (child, item) => text(child, item.value));
}

// ---- words ----

function age(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 1) return 'now';
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} days ago`;
}

function lasting(seconds) {
  if (seconds < 1) return 'a moment';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

function bytes(count) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  for (; count >= 1000 && unit < units.length - 1; unit++) count /= 1000;
  return `${count >= 100 || unit === 0 ? Math.round(count) : count.toFixed(1)} ${units[unit]}`;
}

const percent = confidence => `${Math.round(confidence)} %`;
const number = value => value.toLocaleString('en-GB');

// ---- headline ----

function showHeadline(status) {
  byId('headline').dataset.tone = status.headline.tone;
  text(byId('headline-text'), status.headline.text);
  syncTexts(byId('headline-details'), 'li', status.headline.details);
  const all = status.incidents.filter(incident => incident.state === 'OPEN');
  const fights = all.filter(incident => incident.peakConfidence != null);
  // A camera that is gone never stands before a fight.
  const open = fights.length > 0 ? fights : all;
  const alarm = byId('headline-alarm');
  show(alarm, open.length > 0);
  if (open.length > 0) {
    const link = alarm.firstElementChild;
    link.href = `#${anchor(open[0])}`;
    text(link, open.length === 1 ? `${open[0].title}: ${open[0].place}` : `${open.length} ${fights.length > 0 ? 'alarms' : 'incidents'} are open, the newest at ${open[0].place}`);
  }
  document.title = all.length > 0 ? `(${all.length} open) Affray` : 'Affray';
  text(byId('as-of'), `As of ${new Date(status.at).toLocaleTimeString()}. Times of incidents are those of their site.`);
}

// ---- cameras ----

function createCamera() {
  const picture = make('button', 'picture', make('span', 'empty', 'No frame yet'), make('img'), make('span', 'stamp'));
  picture.type = 'button';
  picture.addEventListener('click', () => picture.frame && openViewer(picture.heading, [picture.frame], 0));
  const facts = make('details', '', make('summary', '', 'Counters'), make('dl', 'facts'));
  return make('article', 'camera', picture, make('div', 'body',
    make('div', 'row', make('div', '', make('h3'), make('p', 'meta')), make('span', 'chip dotted')),
    make('p', 'detail'), make('ul', 'problems'), facts));
}

function updateCamera(card, camera) {
  card.dataset.tone = camera.tone;
  card.dataset.live = String(camera.state === 'STREAMING' || camera.state === 'ENDED');
  card.setAttribute('aria-label', camera.name);
  text(card.querySelector('h3'), camera.name);
  text(card.querySelector('.meta'), camera.site);
  text(card.querySelector('.chip'), camera.label);
  const detail = card.querySelector('.detail');
  show(detail, Boolean(camera.detail));
  text(detail, camera.detail);
  const problems = card.querySelector('.problems');
  show(problems, camera.problems.length > 0);
  syncTexts(problems, 'li', camera.problems.length > 0
    ? ['A newer configuration is refused; the last good one stays in force.', ...camera.problems] : []);
  updatePicture(card.querySelector('.picture'), camera);
  facts(card.querySelector('dl'), cameraFacts(camera));
}

function updatePicture(picture, camera) {
  const frame = camera.newestFrame;
  const [empty, image, stamp] = picture.children;
  picture.heading = camera.site ? `${camera.name}, ${camera.site}` : camera.name;
  if (picture.frame?.url !== frame?.url) picture.failed = false;
  text(empty, frame ? 'The frame is not there, or no longer kept' : 'No frame yet');
  show(empty, !frame || picture.failed);
  show(image, Boolean(frame) && !picture.failed);
  show(stamp, Boolean(frame));
  picture.disabled = !frame;
  if (!frame) return;
  text(stamp, age(camera.newestFrameAgeMillis));
  image.alt = `Newest frame of ${camera.name}`;
  if (picture.frame?.url === frame.url) return;
  picture.frame = frame;
  const next = new Image();
  next.onload = () => { if (picture.frame === frame) image.src = frame.url; };
  next.onerror = () => { if (picture.frame === frame) { image.removeAttribute('src'); picture.failed = true; } };
  next.src = frame.url;
}

function cameraFacts(camera) {
  const rows = [['Id', camera.id]];
  if (camera.source) rows.push(['Stream', camera.source]);
  if (camera.arming) rows.push(['Arming', camera.arming]);
  if (camera.newestFrame) rows.push(['Newest frame', `${camera.newestFrame.at.local}, ${percent(camera.newestFrame.confidence)}`]);
  rows.push(['Configuration', camera.configVersion > 0 ? `version ${camera.configVersion}` : 'none yet']);
  if (!camera.counts) return rows;
  const c = camera.counts;
  rows.push(['Sampled', `${camera.framesPerSecond.toFixed(1)} a second`], ['Reconnects', number(camera.reconnects)],
    ['Captured', number(c.captured)], ['Skipped, nothing new', number(c.skipped)], ['Failed', number(c.failed)],
    ['Spooled', number(c.spooled)], ['Recovered at start', number(c.recovered)], ['Uploaded', number(c.uploaded)],
    ['Evicted', number(c.evicted)], ['Rejected', number(c.rejected)], ['Set aside', number(c.setAside)], ['Pending', number(c.pending)]);
  if (camera.reported) rows.push(['Reported', camera.reported.local]);
  return rows;
}

function facts(list, rows) {
  const flat = rows.flatMap(([name, value]) => [{ key: `${name}?`, tag: 'dt', value: name }, { key: `${name}!`, tag: 'dd', value }]);
  sync(list, flat, item => item.key, item => make(item.tag), (child, item) => text(child, item.value));
}

function updateGateway(row, gateway) {
  row.dataset.tone = !gateway.online ? 'BAD' : gateway.warning ? 'WARNING' : 'GOOD';
  const parts = [gateway.online ? `Gateway ${gateway.thing} is online` : gateway.detail.replace(/^gateway/, 'Gateway')];
  if (gateway.warning) parts.push(gateway.warning);
  const health = gateway.health;
  if (health) {
    parts.push(`agent ${health.version}`, `spool ${bytes(health.spoolBytes)} of ${bytes(health.spoolMaxBytes)}`, `${bytes(health.diskFreeBytes)} free`);
    if (health.spool && health.spool.state !== 'OK') parts.push(`spool is ${health.spool.state.toLowerCase()}: ${health.spool.detail}`);
    if (health.memoryBytes !== null) parts.push(`${bytes(health.memoryBytes)} memory`);
    parts.push(`${Math.round(health.cpuPercent)} % CPU`);
    if (health.clockSkewMillis !== null && Math.abs(health.clockSkewMillis) > 2000) {
      parts.push(`its clock is ${Math.abs(health.clockSkewMillis / 1000).toFixed(1)} s ${health.clockSkewMillis > 0 ? 'ahead' : 'behind'}`);
    }
    parts.push(`reported ${age(gateway.reportAgeSeconds * 1000)}`);
  }
  text(row.lastElementChild, parts.join(' · '));
}

// ---- incidents ----

const anchor = incident => `incident-${incident.id}`;
const STATES = { OPEN: 'Open', CLOSED: 'Closed', MERGED: 'Part of another' };
const JUDGEMENTS = { TRUE_ALARM: 'True alarm', FALSE_ALARM: 'False alarm' };

function createIncident(incident) {
  const bar = make('span', 'bar', make('i'));
  bar.setAttribute('aria-hidden', 'true');
  const card = make('article', 'incident',
    make('div', 'row', make('h3'), make('span', 'chips')),
    make('p', 'meta when'),
    make('p', 'confidence', make('span', '', 'Confidence'), bar, make('b')),
    make('div', 'strip'), make('p', 'meta sent'));
  card.id = anchor(incident);
  card.tabIndex = -1;
  const strip = card.querySelector('.strip');
  strip.setAttribute('role', 'group');
  strip.setAttribute('aria-label', 'Frames');
  return card;
}

function updateIncident(card, incident) {
  card.dataset.state = incident.state;
  card.incident = incident;
  text(card.querySelector('h3'), `${incident.title} · ${incident.place}`);
  sync(card.querySelector('.chips'), chips(incident), chip => chip.text, () => make('span', 'chip'), (child, chip) => {
    child.dataset.tone = chip.tone;
    child.classList.toggle('dotted', chip.text === STATES.OPEN);
    text(child, chip.text);
  });
  text(card.querySelector('.when'), `${incident.opened.local} · lasted ${lasting(incident.seconds)}`
    + (incident.state === 'OPEN' ? ' so far' : ''));
  show(card.querySelector('.confidence'), incident.peakConfidence != null);
  card.querySelector('.bar i').style.width = `${incident.peakConfidence}%`;
  text(card.querySelector('.confidence b'), percent(incident.peakConfidence));
  const strip = card.querySelector('.strip');
  show(strip, incident.frames.length > 0);
  sync(strip, incident.frames, frame => frame.url, frame => createThumb(card, frame), updateThumb);
  const strongest = Math.max(...incident.frames.map(frame => frame.confidence));
  incident.frames.forEach((frame, index) => strip.children[index].classList.toggle('hit', frame.confidence === strongest && strongest > 0));
  text(card.querySelector('.sent'), sentences(incident).join(' · '));
  if (!card.centred && incident.frames.length > 0) {
    card.centred = true;
    requestAnimationFrame(() => centre(strip, strip.querySelector('.hit')));
  }
}

/** Once, when an incident appears: what proves it should be in view. */
function centre(strip, button) {
  if (button) strip.scrollLeft = button.offsetLeft - strip.offsetLeft - (strip.clientWidth - button.offsetWidth) / 2;
}

function chips(incident) {
  const all = [{ text: STATES[incident.state], tone: incident.state === 'OPEN' ? 'BAD' : 'IDLE' }];
  if (incident.severity === 'HIGH') all.push({ text: 'High severity', tone: 'BAD' });
  if (incident.delayed) all.push({ text: 'Delayed', tone: 'WARNING' });
  if (incident.acknowledged) all.push({ text: 'Acknowledged', tone: 'GOOD' });
  if (incident.judgement) all.push({ text: JUDGEMENTS[incident.judgement], tone: incident.judgement === 'TRUE_ALARM' ? 'BAD' : 'IDLE' });
  return all;
}

const STEPS = {
  opened: 'Announced', raised: 'Announced as severe', escalated: 'Escalated', acknowledged: 'Told who took charge',
  'false alarm': 'Told to be a false alarm', closed: 'Its end announced',
};

/** One sentence about all messages of a step, by whichever channel. */
function announcement(step, all) {
  const told = all.filter(sent => sent.outcome === 'SENT' || sent.outcome === 'DIGESTED');
  if (told.length > 0) {
    const tries = Math.max(...told.map(sent => sent.attempts));
    const again = tries > 1 ? ` (${tries} attempts)` : '';
    const digest = told.some(sent => sent.outcome === 'DIGESTED') ? ' in a digest' : '';
    return `${STEPS[step] ?? step} at ${told[0].at.clock}${digest}${again}`;
  }
  const outcomes = all.map(sent => sent.outcome);
  if (outcomes.some(outcome => !outcome)) return 'Being announced';
  if (outcomes.includes('MUTED')) return 'Not announced: its camera was muted';
  if (outcomes.includes('AS_ANOTHER')) return 'Announced as another incident that it is one with';
  return 'Nobody could be told';
}

function sentences(incident) {
  const all = [];
  if (incident.detail) all.push(incident.detail[0].toUpperCase() + incident.detail.slice(1));
  if (incident.delayed) all.push('Its frames arrived late, after an outage: no live alarm was raised');
  if (incident.mergedInto) all.push(`Turned out to be part of ${incident.mergedInto}`);
  for (const other of incident.related) {
    all.push(incident.delayed ? `Of the same time as the live incident ${other}` : `More of it came late, as incident ${other}`);
  }
  for (const step of new Set(incident.notifications.map(sent => sent.step))) {
    all.push(announcement(step, incident.notifications.filter(sent => sent.step === step)));
  }
  if (incident.notifications.length === 0 && incident.state !== 'MERGED') all.push('Not announced yet');
  if (incident.acknowledged) all.push(`Acknowledged at ${incident.acknowledged.clock}${incident.acknowledgedBy ? ` by ${incident.acknowledgedBy}` : ''}`);
  all.push(`Incident ${incident.id}`);
  return all;
}

function createThumb(card, frame) {
  const image = make('img');
  image.loading = 'lazy';
  image.decoding = 'async';
  image.alt = '';
  image.src = frame.url;
  image.onerror = () => { image.alt = 'no longer kept'; image.dataset.failed = ''; };
  const button = make('button', '', image, make('span', 'under', make('span'), make('b')));
  button.type = 'button';
  button.addEventListener('click', () => {
    const frames = card.incident.frames;
    openViewer(`${card.incident.title} · ${card.incident.place}`, frames, frames.findIndex(candidate => candidate.url === frame.url));
  });
  return button;
}

function updateThumb(button, frame) {
  button.setAttribute('aria-label', `Frame of ${frame.at.clock}, ${percent(frame.confidence)}: enlarge`);
  const [time, confidence] = button.querySelector('.under').children;
  text(time, frame.at.clock);
  text(confidence, percent(frame.confidence));
}

let known = null;

function announce(incidents) {
  const ids = new Set(incidents.map(incident => incident.id));
  if (known) {
    const fresh = incidents.filter(incident => !known.has(incident.id));
    if (fresh.length > 0) {
      text(byId('announcer'), fresh.map(incident => `New incident: ${incident.title}, ${incident.place}`).join('. '));
    }
  }
  known = ids;
}

// ---- the larger frame ----

const viewer = { frames: [], index: 0 };

function openViewer(title, frames, index) {
  viewer.frames = frames;
  text(byId('viewer-title'), title);
  turnTo(Math.max(0, index));
  byId('viewer').showModal();
}

function turnTo(index) {
  if (index < 0 || index >= viewer.frames.length) return;
  viewer.index = index;
  const frame = viewer.frames[index];
  const image = byId('viewer-image');
  image.src = frame.url;
  image.alt = `Frame of ${frame.at.local}`;
  const place = viewer.frames.length > 1 ? ` · ${index + 1} of ${viewer.frames.length}` : '';
  text(byId('viewer-caption'), `${frame.at.local} · confidence ${percent(frame.confidence)}${place}`);
  const single = viewer.frames.length === 1;
  show(byId('viewer-back'), !single);
  show(byId('viewer-on'), !single);
  byId('viewer-back').disabled = index === 0;
  byId('viewer-on').disabled = index === viewer.frames.length - 1;
}

byId('viewer-close').addEventListener('click', () => byId('viewer').close());
byId('viewer-back').addEventListener('click', () => turnTo(viewer.index - 1));
byId('viewer-on').addEventListener('click', () => turnTo(viewer.index + 1));
byId('viewer').addEventListener('click', event => { if (event.target === byId('viewer')) byId('viewer').close(); });
byId('viewer').addEventListener('keydown', event => {
  if (event.key === 'ArrowLeft') turnTo(viewer.index - 1);
  if (event.key === 'ArrowRight') turnTo(viewer.index + 1);
});

// ---- inbox ----

let openMail = null;

function showInbox(mails) {
  show(byId('inbox'), true);
  show(byId('inbox-link'), true);
  show(byId('mail-none'), mails.length === 0);
  sync(byId('mail-list'), mails, mail => mail.id, createMailRow, updateMailRow);
  if (openMail && !mails.some(mail => mail.id === openMail.id)) {
    openMail = null;
    show(byId('mail'), false);
  }
}

function createMailRow(mail) {
  const button = make('button', '', make('span', 'subject'), make('span', 'meta'));
  button.type = 'button';
  button.addEventListener('click', () => readMail(mail.id));
  return make('li', '', button);
}

function updateMailRow(row, mail) {
  const button = row.firstElementChild;
  text(button.firstElementChild, mail.subject || '(no subject)');
  text(button.lastElementChild, `${new Date(mail.date).toLocaleString()} · to ${mail.to}`);
  if (openMail?.id === mail.id) button.setAttribute('aria-current', 'true');
  else button.removeAttribute('aria-current');
}

async function readMail(id) {
  const answer = await ask(`/api/inbox/${encodeURIComponent(id)}`).catch(() => null);
  if (!answer?.ok) return;
  openMail = await answer.json();
  text(byId('mail-subject'), openMail.subject || '(no subject)');
  text(byId('mail-meta'), `From ${openMail.from} · to ${openMail.to} · ${new Date(openMail.date).toLocaleString()}`);
  text(byId('mail-text'), openMail.text);
  byId('mail-as-html').disabled = !openMail.hasHtml;
  if (openMail.hasHtml) byId('mail-html').src = `/inbox/${encodeURIComponent(id)}/html`;
  showMailAs(openMail.hasHtml);
  show(byId('mail'), true);
  for (const row of byId('mail-list').children) {
    if (row.dataset.key === id) row.firstElementChild.setAttribute('aria-current', 'true');
    else row.firstElementChild.removeAttribute('aria-current');
  }
  byId('mail-subject').focus({ preventScroll: window.innerWidth > 720 });
}

function showMailAs(html) {
  show(byId('mail-html'), html);
  show(byId('mail-text'), !html);
  byId('mail-as-html').setAttribute('aria-pressed', String(html));
  byId('mail-as-text').setAttribute('aria-pressed', String(!html));
}

byId('mail-as-html').addEventListener('click', () => showMailAs(true));
byId('mail-as-text').addEventListener('click', () => showMailAs(false));

// ---- the loop ----

/** Pictures that could not be had may only have been asked for while nobody answered. */
function askAgainForPictures() {
  for (const image of document.querySelectorAll('img[data-failed]')) {
    delete image.dataset.failed;
    image.alt = '';
    image.src = image.getAttribute('src');
  }
  for (const picture of document.querySelectorAll('.picture')) {
    if (picture.failed) picture.frame = null;
  }
}

function ask(path) {
  return fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN_MILLIS) });
}

let lastAnswer = null;

function gone(message) {
  text(byId('gone'), message);
  show(byId('gone'), Boolean(message));
  document.body.classList.toggle('stale', Boolean(message));
}

function showStatus(status) {
  showHeadline(status);
  show(byId('camera-none'), status.cameras.length === 0);
  sync(byId('camera-list'), status.cameras, camera => camera.id, createCamera, updateCamera);
  sync(byId('gateway-list'), status.gateways, gateway => gateway.thing,
    () => make('li', '', make('span', 'dot'), make('span')), updateGateway);
  show(byId('incident-none'), status.incidents.length === 0);
  sync(byId('incident-list'), status.incidents, incident => incident.id, createIncident, updateIncident);
  announce(status.incidents);
}

async function refresh() {
  const answer = await ask('/api/status').catch(() => null);
  if (!answer) {
    gone(lastAnswer
      ? `Affray does not answer. What you see is from ${lastAnswer.toLocaleTimeString()}. Trying again.`
      : 'Affray does not answer. Trying again.');
  } else if (answer.status === 401) {
    gone('This browser is no longer signed in. Open the link again that Affray prints when it starts.');
  } else if (!answer.ok) {
    gone(`Affray answers with an error (${answer.status}). Trying again.`);
  } else {
    showStatus(await answer.json());
    lastAnswer = new Date();
    if (document.body.classList.contains('stale')) askAgainForPictures();
    gone('');
    const inbox = await ask('/api/inbox').catch(() => null);
    if (inbox?.ok) showInbox(await inbox.json());
  }
}

async function poll() {
  try {
    await refresh();
  } catch (error) {
    console.error(error);
    gone('This page met an error; the browser\'s console says which. Trying again.');
  }
  setTimeout(poll, document.hidden ? POLL_HIDDEN_MILLIS : POLL_MILLIS);
}

poll();
