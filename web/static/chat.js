/* The page's own part of the conversation: text goes by POST with an id of its own, photos by
   multipart POST, what comes later arrives by server-sent events. deep-chat only draws. */
const say = JSON.parse(document.getElementById('texts').textContent);
const place = document.querySelector('[data-chat]');
const live = document.getElementById('live');
const dot = document.querySelector('.dot');
const font = getComputedStyle(document.body).fontFamily;
const shown = new Set();
const waits = [700, 2500, 6000];
const retries = new Map();
let chat;
let chosen = null;
let pushes = null;
let asking = 0;
let speaker = 'bot';
const state = document.getElementById('state');
const held = [];

// deep-chat renders Markdown. People type "#", "*" and "<"; here text is text.
const holder = document.createElement('div');
const escaped = (text) => { holder.textContent = text; return holder.innerHTML; };
window.remarkable_plugins = [{ plugin: (md) => { md.render = paragraphs; } }];

/** Lines that begin with "· " become a list, so that what wraps is indented and can be heard as one. */
function paragraphs(text) {
  const parts = text.split(/((?:^|\n)· [^\n]*(?:\n· [^\n]*)*\n?)/).filter((part) => part);
  if (!parts.some((part) => /^\n?· /.test(part))) return `<p class="said">${escaped(text)}</p>`;
  const list = (part) => part.trim().split('\n').map((line) => `<li>${escaped(line.slice(2))}</li>`).join('');
  return `<div class="said">${parts.map((part) => (/^\n?· /.test(part) ? `<ul>${list(part)}</ul>` : `<p>${escaped(part)}</p>`)).join('')}</div>`;
}

const newId = () => (crypto.randomUUID ? crypto.randomUUID()
  : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join(''));
const pause = (ms) => new Promise((done) => {
  const timer = setTimeout(finish, ms);
  function finish() { clearTimeout(timer); window.removeEventListener('online', finish); done(); }
  window.addEventListener('online', finish);
});

class Refused extends Error {}

/** One request, tried again with the same id while the network or the server is away. */
async function reach(address, make) {
  for (let turn = 0; ; turn += 1) {
    try {
      const answer = await fetch(address, { ...make(), credentials: 'same-origin', signal: AbortSignal.timeout(45000) });
      const body = await answer.json();
      if (answer.ok) { dot.classList.remove('off'); return body; }
      if (answer.status < 500) throw new Refused(body.error?.say || say.failed);
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
    }
    dot.classList.add('off');
    if (turn >= waits.length) throw new Error('unreachable');
    live.textContent = say.offline;
    await pause(waits[turn]);
  }
}

const sendText = (id, text, button) => reach('/chat/messages', () => ({
  method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ text, client_message_id: id, ...(button ? { button } : {}), ...(place.dataset.pass ? { ask: place.dataset.pass } : {}) }),
}));

function sendPhoto(id, file) {
  const form = new FormData();
  form.append('client_message_id', id);
  form.append('photo', file, file.name || 'photo.jpg');
  return reach('/chat/photos', () => ({ method: 'POST', body: form }));
}

function row(kind, items) {
  const box = document.createElement('div');
  box.className = kind;
  for (const { label, data } of items) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    Object.assign(button.dataset, data);
    box.append(button);
  }
  return box;
}

function choices(buttons) {
  const box = row('choices', buttons.map((b) => ({ label: b.title, data: { label: b.title, token: b.token } })));
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', say.choices);
  return { html: box.outerHTML, role: 'ai' };
}

/** A way to a page of this house, to be tapped. */
function way(link) {
  const anchor = document.createElement('a');
  anchor.className = 'way';
  anchor.href = link.url;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  anchor.textContent = say[`link_${link.kind}`];
  return anchor.outerHTML;
}

/** One message of ours as deep-chat's bubbles. */
function bubbles(message) {
  const role = message.role === 'user' ? 'user' : 'ai';
  const out = [];
  if (message.text) out.push({ text: message.text, role });
  for (const photo of message.photos || []) {
    out.push({ role, files: [{ type: 'image', src: photo.url, name: say.photo_alt }] });
  }
  for (const link of message.links || []) out.push({ html: way(link), role });
  return out;
}

/** Whether a person or the assistant speaks is said whenever it changes. */
function named(message) {
  if (message.role === 'user' || message.role === speaker) return [];
  speaker = message.role;
  return [{ html: `<p class="who">${escaped(speaker === 'person' ? say.person : say.bot)}</p>`, role: 'ai' }];
}

/** Who answers now, under the window's title. */
function owned(owner) {
  state.textContent = { waiting: say.subtitle_waiting, person: say.subtitle_person }[owner] || say.subtitle;
  place.closest('.chat').dataset.owner = owner;
}

/** Bubbles of several messages; only the newest choice is offered. */
function drawn(messages, withChoices = true) {
  const out = messages.flatMap((m) => { shown.add(m.id); return [...named(m), ...bubbles(m)]; });
  const last = messages.at(-1);
  if (withChoices && last?.buttons?.length) out.push(choices(last.buttons));
  return out;
}

function retryBubble(work) {
  const box = document.createElement('div');
  box.className = 'failed';
  const line = document.createElement('p');
  line.textContent = work.why || say.failed;
  box.append(line);
  if (work.again) {
    const key = newId();
    retries.set(key, work.again);
    box.append(...row('', [{ label: say.retry, data: { retry: key } }]).children);
  }
  return { html: box.outerHTML, role: 'ai' };
}

async function perform(job) {
  const told = await job();
  owned(told.owner);
  const messages = told.messages.filter((m) => !shown.has(m.id));
  listen();
  return drawn(messages);
}

async function attempt(job) {
  try {
    return await perform(job);
  } catch (problem) {
    const refused = problem instanceof Refused;
    return [retryBubble({ why: refused ? problem.message : '', again: refused ? null : job })];
  }
}

function settle() {
  for (const old of chat.shadowRoot.querySelectorAll('.choices')) {
    old.closest('.outer-message-container')?.classList.add('spent');
  }
}

/** Pushes wait while an answer is on its way: both may bring the same message. */
async function handler(body, signals) {
  asking += 1;
  try {
    await answer(body, signals);
  } finally {
    asking -= 1;
    if (!asking) held.splice(0).forEach(pushed);
  }
}

async function answer(body, signals) {
  settle();
  const out = [];
  let text = '';
  if (body instanceof FormData) {
    for (const file of body.getAll('files')) {
      const id = newId();
      out.push(...await attempt(() => sendPhoto(id, file)));
    }
    const said = [...body.entries()].filter(([key]) => key.startsWith('message')).at(-1);
    text = said ? (JSON.parse(said[1]).text || '') : '';
  } else {
    text = body.messages.at(-1).text || '';
  }
  if (text || !(body instanceof FormData)) {
    const id = newId();
    const token = chosen && chosen.label === text ? chosen.token : null;
    chosen = null;
    out.push(...await attempt(() => sendText(id, text, token)));
  }
  // Nothing to say: a colleague is reading. deep-chat needs an answer to stop waiting.
  if (!out.length) out.push({ html: `<p class="note">${escaped(say.delivered)}</p>`, role: 'ai' });
  await signals.onResponse(out);
}

/** What a person or a finished job says later. */
function listen() {
  if (pushes) return;
  pushes = new EventSource(`/chat/events?after=${Math.max(0, ...shown)}`);
  pushes.addEventListener('message', (event) => {
    const message = JSON.parse(event.data);
    if (asking) held.push(message); else pushed(message);
  });
}

function pushed(message) {
  if (shown.has(message.id)) return;
  if (message.role === 'person') owned('person');
  settle();
  for (const part of drawn([message])) chat.addMessage(part);
}

function guardEnter(event) {
  // While Chinese is being composed Enter picks a word; Safari reports it after the composition ended.
  if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
}

function clicked(event) {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.label) {
    chosen = { label: button.dataset.label, token: button.dataset.token };
    submit(button.dataset.label);
  } else if (button.dataset.retry) {
    const job = retries.get(button.dataset.retry);
    retries.delete(button.dataset.retry);
    button.closest('.outer-message-container')?.remove();
    attempt(job).then((parts) => parts.forEach((part) => chat.addMessage(part)));
  }
}

function submit(text) {
  chat.submitUserMessage({ text });
  if (matchMedia('(max-width: 860px)').matches) document.getElementById('chat').scrollIntoView({ block: 'start' });
}

/** Names for what deep-chat leaves nameless. */
function label(root) {
  for (const [where, name] of [['.inside-start', say.attach], ['.inside-end', say.send]]) {
    const button = root.querySelector(where);
    if (button && button.getAttribute('aria-label') !== name) {
      button.setAttribute('aria-label', name);
      button.setAttribute('title', name);
    }
  }
  root.querySelector('#text-input')?.setAttribute('aria-multiline', 'true');
}

const svg = (path) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`;

function configure(element, history) {
  element.style.fontFamily = font; // set before attaching, or Google Fonts is asked for
  element.style.border = '0';
  element.style.width = '100%';
  element.style.height = '100%';
  element.style.fontSize = '15px';
  element.style.backgroundColor = 'transparent';
  element.history = history;
  if (place.dataset.ask) element.defaultInput = { text: place.dataset.ask };
  element.connect = { handler };
  element.textInput = {
    placeholder: { text: say.placeholder, style: { color: '#6b7480' } },
    styles: {
      container: { width: '100%', margin: '0', borderRadius: '12px', border: '1px solid #d5d0c5', boxShadow: 'none', backgroundColor: '#fff', maxHeight: '150px' },
      text: { padding: '12px 52px 12px 50px', fontSize: '16px', lineHeight: '1.5', textAlign: 'left' },
      focus: { border: '1px solid #1d3d6b', boxShadow: '0 0 0 3px rgba(29,61,107,.13)' },
    },
  };
  element.inputAreaStyle = { padding: '10px 14px 14px', boxSizing: 'border-box', backgroundColor: '#fcfbf9', borderTop: '1px solid #ece8df' };
  const round = { width: '34px', height: '34px', borderRadius: '50%', display: 'flex', alignItems: 'center', justifyContent: 'center', bottom: '7px', padding: '0', margin: '0' };
  const icon = { default: { width: '20px', height: '20px', filter: 'none', position: 'static', inset: 'auto', margin: '0' } };
  element.submitButtonStyles = {
    position: 'inside-end',
    submit: { container: { default: { ...round, backgroundColor: '#10233f', color: '#fff', right: '8px' }, hover: { backgroundColor: '#1d3d6b' } }, svg: { content: svg('<path d="M12 19V5M5.5 11.5 12 5l6.5 6.5"/>'), styles: icon } },
    disabled: { container: { default: { ...round, backgroundColor: '#e6e2d9', color: '#8b8577', right: '8px', cursor: 'default' } }, svg: { content: svg('<path d="M12 19V5M5.5 11.5 12 5l6.5 6.5"/>'), styles: icon } },
    loading: { container: { default: { ...round, backgroundColor: '#e6e2d9', right: '8px' } } },
  };
  element.images = {
    files: { maxNumberOfFiles: 3, acceptedFormats: '.jpg,.jpeg,.png,.webp' },
    button: { position: 'inside-start', styles: { container: { default: { ...round, color: '#55606f', left: '8px' }, hover: { backgroundColor: '#f0ede5' } }, svg: { content: svg('<path d="M4 8.5A1.5 1.5 0 0 1 5.5 7h2L9 4.8h6L16.5 7h2A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5z"/><circle cx="12" cy="12.8" r="3.4"/>'), styles: icon } } },
  };
  element.attachmentContainerStyle = { backgroundColor: '#f0ede5', borderRadius: '10px', top: '-66px', left: '14px' };
  element.messageStyles = {
    default: {
      shared: { innerContainer: { width: '100%', maxWidth: 'none' }, bubble: { maxWidth: '86%', fontSize: '15px', lineHeight: '1.72', padding: '10px 15px', marginTop: '5px', marginBottom: '5px', borderRadius: '14px', textAlign: 'left' }, outerContainer: { paddingInline: '6px' } },
      user: { bubble: { backgroundColor: '#10233f', color: '#fff', borderBottomRightRadius: '4px' } },
      ai: { bubble: { backgroundColor: '#fff', color: '#16202e', border: '1px solid #e7e2d7', borderTopLeftRadius: '4px' } },
    },
    html: { shared: { bubble: { backgroundColor: 'transparent', border: '0', padding: '0', maxWidth: '94%', marginTop: '3px' } } },
    image: { user: { bubble: { backgroundColor: 'transparent', border: '0', padding: '0', marginTop: '6px' }, media: { borderRadius: '12px', maxWidth: '210px', maxHeight: '240px' } } },
    error: { bubble: { backgroundColor: '#fbf1e4', color: '#6b4a16', border: '1px solid #ecd9b9' } },
    loading: { message: { styles: { bubble: { backgroundColor: '#fff', border: '1px solid #e7e2d7', padding: '14px 18px 14px 26px' } } } },
  };
  element.errorMessages = { displayServiceErrorMessages: false, overrides: { default: say.failed, service: say.failed } };
  element.scrollButton = false;
  element.auxiliaryStyle = `
    #messages { padding: 14px 8px 6px; } .inner-message-container { width: 100% !important; }
    ::-webkit-scrollbar { width: 8px; } ::-webkit-scrollbar-track { background: transparent; } ::-webkit-scrollbar-thumb { background: #d8d3c8; }
    .said, .said p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .said ul { list-style: none; margin: 4px 0; padding: 0; }
    .said li { position: relative; padding-left: 16px; margin: 3px 0; white-space: pre-wrap; }
    .said li::before { content: ""; position: absolute; left: 3px; top: .74em; width: 5px; height: 5px; border-radius: 50%; background: #b9a678; }
    .note { margin: 2px 6px; font-size: 13px; color: #646d7a; }
    .spent { display: none !important; }
    .choices { display: flex; flex-wrap: wrap; gap: 8px; padding: 2px 0 4px; }
    .choices button, .failed button { font: inherit; font-size: 14px; line-height: 1.5; color: #10233f; background: #fff; border: 1px solid #b9a678; border-radius: 999px; padding: 6px 15px; cursor: pointer; text-align: left; }
    .choices button:hover, .failed button:hover { background: #10233f; border-color: #10233f; color: #fff; }
    .way, a.way:visited { display: inline-block; font-size: 15px; line-height: 1.5; color: #fff !important; background: #10233f; border-radius: 999px; padding: 9px 20px; margin: 2px 0 6px; text-decoration: none; }
    .way:hover { background: #1d3d6b; } .way:focus-visible { outline: 2px solid #1d3d6b; outline-offset: 2px; }
    .failed { background: #fbf1e4; color: #5f4112; border: 1px solid #ecd9b9; border-radius: 14px; border-top-left-radius: 4px; padding: 10px 15px; line-height: 1.7; }
    .failed p { margin: 0; } .failed button { margin: 8px 0 2px; }
    .who { margin: 6px 6px 0; font-size: 13px; color: #7a5f2a; font-weight: 600; letter-spacing: .06em; }
    @media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
    button:focus-visible, [role="button"]:focus-visible, .input-button:focus-visible { outline: 2px solid #1d3d6b; outline-offset: 2px; }
  `;
  element.onMessage = ({ message, isHistory }) => {
    if (!isHistory && message.role !== 'user' && message.text) {
      const line = document.createElement('span');
      line.textContent = message.text;
      live.replaceChildren(line);
    }
  };
}

async function begin() {
  let past = { messages: [], opening: [] };
  try { past = await reach('/chat/history', () => ({})); } catch { /* the page still lets people write */ }
  try {
    await import('/static/vendor/deep-chat.js');
  } catch {
    const sorry = document.createElement('p');
    sorry.className = 'nojs';
    sorry.textContent = say.no_widget;
    place.replaceChildren(sorry);
    return;
  }
  chat = document.createElement('deep-chat');
  const opening = past.opening.map((text) => ({ text, role: 'ai' }));
  configure(chat, [...opening, ...drawn(past.messages)]);
  chat.addEventListener('keydown', guardEnter, true);
  chat.addEventListener('render', () => {
    const root = chat.shadowRoot;
    root.addEventListener('click', clicked);
    label(root);
    // deep-chat draws its input again when a property or an attachment changes
    new MutationObserver(() => label(root)).observe(root, { childList: true, subtree: true });
    chat.scrollToBottom();
    for (const button of document.querySelectorAll('[data-say]')) {
      button.disabled = false;
      button.addEventListener('click', () => submit(button.dataset.say));
    }
    if (place.dataset.ask) {
      root.querySelector('#text-input').style.color = ''; // drawn as if it were the placeholder
      window.history.replaceState(null, '', '/'); // the pass is not kept in the address bar
      if (matchMedia('(max-width: 860px)').matches) document.getElementById('chat').scrollIntoView({ block: 'start' });
    }
    place.dataset.ready = 'yes';
  }, { once: true });
  place.replaceChildren(chat);
  owned(past.owner);
  if (past.messages.length) listen();
}

document.getElementById('end')?.addEventListener('click', async () => {
  if (!window.confirm(say.end_confirm)) return;
  await fetch('/chat/end', { method: 'POST', credentials: 'same-origin' });
  location.reload();
});

begin();
