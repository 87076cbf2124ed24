// What a page does after it has been drawn: count clocks on, swap only what changed, keep what was typed, answer the keyboard.
// No page needs it: without it everything can be read and every form be sent.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const said = (name) => $("#words")?.getAttribute("data-" + name) ?? "";
  const keep = {
    get(store, key) { try { return window[store].getItem(key); } catch { return null; } },
    set(store, key, value) { try { window[store].setItem(key, value); return true; } catch { return false; } },
    remove(store, key) { try { window[store].removeItem(key); } catch { /* nothing was kept */ } },
    keys(store) { try { return Object.keys(window[store]); } catch { return []; } },
  };

  // ---------- time: the server's, or the drill's ----------

  // What the page said is a little old when it arrives: it was written when the first byte came.
  const sinceFirstByte = performance.now() - (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
  const written = Date.now() - Math.max(0, Math.min(10_000, sinceFirstByte));
  const speed = Number(root.dataset.speed ?? 1);
  const shownAt = root.dataset.now ? Date.parse(root.dataset.now) : null;
  const now = () => (shownAt === null ? Date.now() : shownAt + (Date.now() - written) * speed);
  const inZone = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: root.dataset.zone, hourCycle: "h23", ...options });
  const wall = (at) => inZone({ hour: "2-digit", minute: "2-digit" }).format(at);

  // The same rules as muster/console/words.py and clock_face.py: a rest is rounded up, what is past is rounded down.
  const fill = (words, values) => words.replace(/\{(\w*)\}/g, (_, name) => values[name]);
  function duration(minutes) {
    const h = Math.floor(minutes / 60) % 24, d = Math.floor(minutes / 1440), m = minutes % 60;
    if (d >= 10 || (d && !h)) return fill(said("days"), { d });
    if (d) return fill(said("days-hours"), { d, h });
    if (h && m) return fill(said("hours-minutes"), { h, m });
    return h ? fill(said("hours"), { h }) : fill(said("minutes"), { m });
  }
  const phrase = (name, minutes) => fill(said(name), { "": duration(minutes) });
  const MINUTE = 60_000;

  function face(clock, at) {
    const due = Date.parse(clock.dataset.due), from = Date.parse(clock.dataset.from);
    if (Number.isNaN(due)) {
      const since = Math.floor((at - from) / MINUTE);
      return { state: "none", left: since > 0 ? phrase("elapsed", since) : said("just-begun") };
    }
    const used = due > from ? Math.max(0, Math.min(100, Math.round((100 * (at - from)) / (due - from)))) : null;
    if (at > due) {
      const late = Math.floor((at - due) / MINUTE), own = clock.dataset.by === "own";
      const first = own ? "aim-reached" : "just-overdue", later = own ? "past-aim" : "overdue";
      return { state: own ? "past-aim" : "overdue", left: late ? phrase(later, late) : said(first), used };
    }
    const near = Number.isNaN(from) ? 15 * MINUTE : (due - from) / 4;
    const left = due === at ? said("due-now") : phrase("left", Math.ceil((due - at) / MINUTE));
    return { state: due - at <= near ? "soon" : "open", left, used };
  }

  function countClocks() {
    const at = now();
    for (const clock of $$(".clock[data-due], .clock[data-from]")) {
      const drawn = face(clock, at), left = $(".left", clock);
      const kept = "said" in clock.dataset && drawn.state !== "overdue" && drawn.state !== "past-aim";
      if (!kept && left.textContent !== drawn.left) left.textContent = drawn.left;
      if (drawn.state === "overdue" && clock.dataset.state !== "overdue") fallOverdue(clock);
      clock.dataset.state = drawn.state;
      const run = clock.parentElement.querySelector(":scope > .run");
      if (run && drawn.used != null) {
        run.dataset.state = drawn.state;
        $(".used", run).setAttribute("width", drawn.used + "%");
      }
    }
    for (const clock of $$("[data-now-clock]")) if (clock.textContent !== wall(at)) clock.textContent = wall(at);
    for (const ruler of $$(".ruler[data-start]")) moveNow(ruler, at);
    titleCount();
  }

  // Said once, when it happens; the row takes the mark that the server would give it.
  function fallOverdue(clock) {
    const row = clock.closest("[data-task]");
    if (!row) return;
    row.classList.remove("is-open", "is-acknowledged");
    row.classList.add("is-overdue");
    const mark = $(".mark", row), use = mark && $("use", mark);
    if (use) {
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#m-overdue"));
      mark.setAttribute("class", "mark mark--overdue");
      mark.setAttribute("aria-label", said("mark-overdue"));
    }
    announce(said("fell-overdue") + ($(".task__name, h2", row)?.textContent.trim() ?? ""));
  }

  function moveNow(ruler, at) {
    const start = Date.parse(ruler.dataset.start), end = Date.parse(ruler.dataset.end), line = $(".now", ruler);
    if (!line || at > end) return;
    const x = ((100 * (at - start)) / (end - start)).toFixed(2) + "%", text = $(".now-text", ruler);
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    text.setAttribute("x", x);
    text.textContent = wall(at);
  }

  const title = document.title;
  function titleCount() {
    const given = document.body.dataset.overdue, counted = $$("[data-task] .clock[data-state=overdue]").length;
    const count = Math.max(Number(given ?? 0), counted);
    const shown = (count ? fill(said("title-overdue"), { "": count }) : "") + title;
    if (document.title !== shown) document.title = shown;
  }

  function announce(text) { $("#announce").textContent = text; }

  let minute;
  function everyMinute() {
    countClocks();
    clearTimeout(minute);
    if (speed > 0) minute = setTimeout(everyMinute, Math.max(1000, (MINUTE - (now() % MINUTE)) / speed + 20));
  }

  // ---------- swapping rows ----------

  // A row counts as changed when what the server wrote has changed, apart from what it writes anew each time.
  const sources = new WeakMap();
  function plain(row) {
    const copy = row.cloneNode(true);
    for (const nested of $$("[data-rows][id]", copy)) nested.replaceChildren();
    for (const token of $$("input[name=csrfmiddlewaretoken]", copy)) token.remove();
    for (const clock of $$(".clock[data-due], .clock[data-from]", copy)) {
      $(".left", clock).textContent = "";
      clock.removeAttribute("data-state");
    }
    for (const run of $$(".run", copy)) run.remove();
    return copy.outerHTML.replace(/\s+/g, " ");
  }
  const source = (row) => sources.get(row) ?? sources.set(row, plain(row)).get(row);
  const rowsIn = (parent) => [...parent.children];
  function remember(within) {
    for (const list of $$("[hx-swap=rows], [data-rows]", within)) rowsIn(list).forEach(source);
  }

  const typed = (field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT" ? [...field.options].some((o) => o.selected !== o.defaultSelected)
        : field.value !== field.defaultValue;
  function held(row) {
    const active = document.activeElement;
    if (row.contains(active) && active.matches("input, textarea, select")) return true;
    return $$("input:not([type=hidden]), textarea, select", row).some(typed);
  }

  function carryOver(old, fresh) { // what the person opened stays open
    const open = $$("details", old).map((d) => d.open);
    $$("details", fresh).forEach((d, n) => { if (n in open) d.open = open[n]; });
    const focus = old.contains(document.activeElement) ? pathOf(document.activeElement, old) : null;
    return () => { if (focus) (focus.reduce((e, n) => e?.children[n], fresh) ?? fresh).focus({ preventScroll: true }); };
  }
  function pathOf(element, top) {
    const path = [];
    for (let e = element; e !== top; e = e.parentElement) path.unshift([...e.parentElement.children].indexOf(e));
    return path;
  }

  function reconcile(list, wanted, added) {
    const key = (row, n) => row.id || `${row.tagName}.${row.className}.${n}`;
    const have = new Map(rowsIn(list).map((row, n) => [key(row, n), row]));
    const order = [];
    rowsIn(wanted).forEach((fresh, n) => {
      const old = have.get(key(fresh, n));
      have.delete(key(fresh, n));
      if (!old) {
        sources.set(fresh, plain(fresh));
        if (fresh.id) fresh.classList.add("fresh");
        added.push(fresh);
        return order.push(fresh);
      }
      // Only the outermost lists: those within them are found again when their own rows are compared.
      const within = (inner) => inner.parentElement.closest("[data-rows][id]");
      const outermost = $$("[data-rows][id]", fresh).filter((inner) => !fresh.contains(within(inner)) || within(inner) === fresh);
      const nested = outermost.map((inner) => [inner, $("#" + CSS.escape(inner.id), old)]);
      for (const [inner, kept] of nested) if (kept) reconcile(kept, inner, added);
      if (source(old) === plain(fresh) || held(old)) return order.push(old);
      sources.set(fresh, plain(fresh));
      const refocus = carryOver(old, fresh);
      for (const [inner, kept] of nested) if (kept) inner.replaceWith(kept);
      if (fresh.id) fresh.classList.add("fresh");
      old.replaceWith(fresh);
      refocus();
      added.push(fresh);
      return order.push(fresh);
    });
    for (const gone of have.values()) {
      if (held(gone)) order.push(gone);
      else gone.remove();
    }
    arrange(list, order);
  }

  // Nothing jumps away under a finger: while somebody is in the list, new rows wait at its end and a bar offers the order.
  function arrange(list, order) {
    const standing = rowsIn(list).filter((row) => order.includes(row));
    const kept = order.filter((row) => standing.includes(row));
    const moved = kept.some((row, n) => row !== standing[n]);
    const put = (rows) => {
      let next = list.firstElementChild;
      for (const row of rows) {
        if (row === next) next = next.nextElementSibling;
        else list.insertBefore(row, next);
      }
    };
    const bar = list.previousElementSibling?.matches(".newer") ? list.previousElementSibling : null;
    bar?.remove();
    if (!moved || !list.matches(":hover, :focus-within")) return put(order);
    put([...standing, ...order.filter((row) => !standing.includes(row))]);
    const offer = Object.assign(document.createElement("button"), { type: "button", className: "btn newer" });
    offer.textContent = said("new-order");
    offer.addEventListener("click", () => { offer.remove(); put(order.filter((row) => row.isConnected)); });
    list.before(offer);
  }

  if (window.htmx) {
    htmx.defineExtension("rows", {
      isInlineSwap: () => false,
      handleSwap(style, target, fragment) {
        if (style !== "rows") return false;
        const added = [];
        reconcile(target, fragment.querySelector("#" + CSS.escape(target.id)) ?? fragment, added);
        countClocks();
        return added;
      },
    });
  }
  document.addEventListener("animationend", (e) => { if (e.animationName === "settle") e.target.classList.remove("fresh"); });

  // ---------- drafts: nothing typed is lost ----------

  const draftKey = (name) => `draft:${document.body.dataset.person ?? ""}:${name}`;
  const fieldsOf = (form) =>
    [...form.elements].filter((f) => f.name && !("draftSkip" in f.dataset) &&
      f.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit], [type=button])"));
  function readForm(form) {
    return fieldsOf(form).map((f) => [f.name, f.value, f.type === "radio" || f.type === "checkbox" ? f.checked : null]);
  }
  function saveDraft(form) {
    if (!form.isConnected || !fieldsOf(form).some(typed)) return;
    const kept = keep.set("sessionStorage", draftKey(form.dataset.draft), JSON.stringify(readForm(form)));
    const line = $("[data-draft-says]", form);
    const time = inZone({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(now());
    if (kept && line) line.textContent = fill(said("draft-kept"), { "": time });
  }
  function restoreDraft(form) {
    const kept = keep.get("sessionStorage", draftKey(form.dataset.draft));
    if (!kept) return;
    let changed = false;
    const waiting = JSON.parse(kept);
    for (const field of fieldsOf(form)) {
      const ticks = field.type === "radio" || field.type === "checkbox";
      const n = waiting.findIndex(([name, value]) => name === field.name && (!ticks || value === field.value));
      if (n < 0) continue;
      const [[, value, checked]] = waiting.splice(n, 1);
      if (ticks ? field.checked !== checked : field.value !== value) {
        changed = true;
        if (ticks) field.checked = checked;
        else field.value = value;
      }
    }
    const line = $("[data-draft-says]", form);
    if (changed && line) line.textContent = said("draft-back");
  }
  function clearDrafts(within) {
    const done = [within, ...$$("[data-clears-draft]", within)].filter((e) => e.dataset?.clearsDraft);
    for (const e of done) keep.remove("sessionStorage", draftKey(e.dataset.clearsDraft));
  }
  const waitingToSave = new Map();
  document.addEventListener("input", (e) => {
    const form = e.target.form;
    if (!form?.dataset.draft) return;
    clearTimeout(waitingToSave.get(form));
    waitingToSave.set(form, setTimeout(() => saveDraft(form), 250));
  });
  const saveAll = () => $$("form[data-draft]").forEach(saveDraft);
  addEventListener("pagehide", saveAll);
  document.addEventListener("submit", saveAll, true);

  // ---------- what requests tell ----------

  let answeredAt = Date.now(), missed = 0;
  const live = $("#live");
  const polled = () => $$("[hx-trigger]").map((e) => Number(/every (\d+)s/.exec(e.getAttribute("hx-trigger"))?.[1] ?? 0))
    .filter(Boolean).sort((a, b) => a - b)[0];
  function showLive() {
    if (!live) return;
    const every = polled(), age = Math.round((Date.now() - answeredAt) / 1000);
    const state = !navigator.onLine || missed >= 3 ? "off" : every && (missed || age > 2.5 * every) ? "late" : "live";
    if (live.dataset.state !== state || live.hidden) {
      live.dataset.state = state;
      live.hidden = false;
      $("[data-live-state]", live).textContent = said({ live: "live", late: "delayed", off: "offline" }[state]);
      $("#strip").hidden = state !== "off";
    }
    $("[data-live-age]", live).textContent = every ? fill(said("seconds-ago"), { "": age }) : "";
  }
  addEventListener("online", () => { missed = 0; showLive(); htmx?.trigger(document.body, "muster:changed"); });
  addEventListener("offline", showLive);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { everyMinute(); showLive(); } });

  function say(words, wrong = true) {
    const note = Object.assign(document.createElement("div"), { className: "note" + (wrong ? " note--wrong" : "") });
    note.append(Object.assign(document.createElement("p"), { textContent: words }));
    $("#result")?.replaceChildren(note);
    note.scrollIntoView({ block: "nearest" });
  }
  const isCommand = (e) => (e.detail.requestConfig?.verb ?? "get") !== "get";

  // A command is sent once, however often the button is pressed while it is under way.
  const buttonOf = (element) => (element.matches("button, a") ? element : $("[type=submit], button:not([type])", element));
  const isBusy = (element) => element.matches("[aria-busy=true]") || $("[aria-busy=true]", element) !== null;
  document.addEventListener("click", (e) => {
    if (e.target.closest?.("[aria-busy=true], [aria-disabled=true]")) { e.preventDefault(); e.stopImmediatePropagation(); }
  }, true);
  // A menu has done its work once something in it is pressed: it would lie over the form that opens.
  document.addEventListener("click", (e) => e.target.closest?.(".menu__list .btn")?.closest("details").removeAttribute("open"));
  document.addEventListener("submit", (e) => {
    if (isBusy(e.target)) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    if (e.target.method === "post") (e.submitter ?? buttonOf(e.target))?.setAttribute("aria-busy", "true");
  }, true);
  const rest = (within) => { for (const busy of [within, ...$$("[aria-busy]", within)]) busy.removeAttribute?.("aria-busy"); };
  addEventListener("pageshow", () => rest(document));
  document.addEventListener("htmx:beforeRequest", (e) => {
    if (isCommand(e) && !isBusy(e.detail.elt)) buttonOf(e.detail.elt)?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    rest(e.detail.elt);
    const status = e.detail.xhr?.status ?? 0;
    if (status) { answeredAt = Date.now(); missed = 0; } else missed += 1;
    const form = e.detail.elt.closest("form[data-draft]");
    if (form && status >= 200 && status < 300 && isCommand(e) && !e.detail.xhr.signedOut) {
      clearTimeout(waitingToSave.get(form));
      keep.remove("sessionStorage", draftKey(form.dataset.draft));
    }
    showLive();
  });
  document.addEventListener("htmx:beforeSwap", (e) => {
    // A session that ended answers with the sign-in page: that must not appear inside a list.
    if (!e.detail.serverResponse?.includes('data-page="sign-in"')) return;
    e.detail.shouldSwap = false;
    e.detail.xhr.signedOut = true;
    const form = e.detail.elt.closest("form[data-draft]");
    if (form) saveDraft(form);
    say(said("signed-out"));
  });
  document.addEventListener("htmx:sendError", (e) => { if (isCommand(e)) say(said("no-network")); });
  document.addEventListener("htmx:timeout", (e) => { if (isCommand(e)) say(said("no-network")); });
  document.addEventListener("htmx:responseError", (e) => {
    const status = e.detail.xhr.status;
    if (status === 401) say(said("signed-out"));
    else if (isCommand(e)) say(said(status === 403 ? "not-allowed" : "failed"));
  });
  function arrived(target) {
    remember(target);
    clearDrafts(target);
    $$("form[data-draft]", target).forEach(restoreDraft);
    everyMinute();
    if (!(target.id === "result" ? target.textContent.trim() : $("[data-refusal]", target) && target.matches(".acting"))) return;
    ($("[data-refusal] button, [data-refusal] a", target) ?? target).focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:afterSettle", (e) => arrived(e.target));
  document.addEventListener("htmx:oobAfterSwap", (e) => arrived(e.detail.target));

  // ---------- the keyboard ----------

  const keysOn = () => keep.get("localStorage", "keys") !== "off";
  const dialog = $("#keys");
  const visible = (e) => e.getClientRects().length > 0;
  let awaitsPage = 0;

  function step(by) {
    const rows = $$("[data-row]").filter(visible), here = document.activeElement.closest("[data-row]");
    const row = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(here) + by))];
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }
  function press(element) {
    if (!element || element.disabled || element.getAttribute("aria-disabled") === "true") return false;
    if (element.matches("input, textarea, select")) element.focus();
    else element.click();
    return true;
  }
  function single(key) {
    const row = document.activeElement.closest("[data-row]");
    if (awaitsPage && Date.now() - awaitsPage < 1500) {
      awaitsPage = 0;
      return press($(`[data-go="${CSS.escape(key)}"]`));
    }
    if (key === "g") { awaitsPage = Date.now(); return true; }
    if (key === "?") { dialog?.showModal(); return true; }
    if (key === "/") return press($("[data-search]"));
    if (key === "j" || key === "k") { step(key === "j" ? 1 : -1); return true; }
    if (key === "Enter" && row && row === document.activeElement) return press($("a[href], summary, button", row));
    if (row && press($(`[data-row-key="${CSS.escape(key)}"]`, row))) return true;
    return press($$(`[data-key="${CSS.escape(key)}"]`).find(visible));
  }
  document.addEventListener("keydown", (e) => {
    const typing = e.target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      if (e.target.form) { e.preventDefault(); e.target.form.requestSubmit(); }
      return;
    }
    if (e.key === "Escape" && !dialog?.open) {
      e.target.closest?.("[data-row]")?.focus();
      const menu = $(".top__menu[open]");
      if (menu) menu.open = false;
      return;
    }
    if (typing || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || dialog?.open || !keysOn()) return;
    if (e.key === "Enter" && !document.activeElement.matches("[data-row]")) return;
    if (e.key.length === 1 || e.key === "Enter") if (single(e.key)) e.preventDefault();
  });
  const helper = $("#keys-open"), onOff = $("#keys-on");
  if (helper) {
    helper.hidden = false;
    helper.addEventListener("click", () => dialog.showModal());
    onOff.checked = keysOn();
    onOff.addEventListener("change", () => keep.set("localStorage", "keys", onOff.checked ? "on" : "off"));
  }

  // ---------- light and dark ----------

  const themes = ["system", "light", "dark"], switcher = $("#theme");
  const chosen = () => (themes.includes(keep.get("localStorage", "theme")) ? keep.get("localStorage", "theme") : "system");
  function showTheme(theme) {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    $("[data-theme-name]", switcher).textContent = said("theme-" + theme);
  }
  if (switcher) {
    switcher.hidden = false;
    showTheme(chosen());
    switcher.addEventListener("click", () => {
      const next = themes[(themes.indexOf(chosen()) + 1) % themes.length];
      keep.set("localStorage", "theme", next);
      showTheme(next);
    });
  }

  // ---------- print ----------

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = $$("main details:not([open])");
    opened.forEach((d) => { d.open = true; });
    const date = inZone({ year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(now());
    const part = (type) => date.find((p) => p.type === type).value;
    for (const e of $$("[data-printed]")) e.textContent = `${part("year")}-${part("month")}-${part("day")} ${wall(now())}`;
  });
  addEventListener("afterprint", () => opened.forEach((d) => { d.open = false; }));

  // ---------- begin ----------

  document.body.classList.toggle("has-dock", $(".dock") !== null);
  remember(document);
  clearDrafts(document.body);
  $$("form[data-draft]").forEach(restoreDraft);
  everyMinute();
  showLive();
  setInterval(showLive, 1000);
})();
