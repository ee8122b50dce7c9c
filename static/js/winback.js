// Conveniences on top of pages that work without script. One listener per event, no inline code.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Announcements: what screen readers hear after a part of the page was replaced.
  const say = (text) => {
    const live = one("[data-live]");
    if (live && text) live.textContent = text;
  };
  const focusProblem = (root) => {
    const problem = one(".errsum[autofocus], .msg[autofocus]", root.parentElement || root);
    if (problem) problem.focus();
    return Boolean(problem);
  };

  // Menus are <details>: close on Esc and on a click outside.
  const closeMenus = (except) => {
    all("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  };
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    pickDate(event.target.closest("[data-pick] button"));
    toggleRail(event.target.closest("[data-rail-toggle]"));
  });

  // Rail: the server reads the cookie, so nothing jumps on the next page.
  const toggleRail = (button) => {
    if (!button) return;
    const app = one(".app");
    const rail = app.dataset.rail === "narrow" ? "wide" : "narrow";
    app.dataset.rail = rail;
    button.setAttribute("aria-pressed", String(rail === "narrow"));
    document.cookie = `rail=${rail}; path=/; max-age=31536000; samesite=lax`;
  };

  // The browser's calendar writes into the text field beside it.
  const pickDate = (button) => {
    if (!button) return;
    const native = button.nextElementSibling;
    native.onchange = () => {
      const field = one(".inp", button.closest(".affix"));
      field.value = native.value.split("-").reverse().join(".");
      field.focus();
    };
    native.showPicker();
  };
  const reveal = (root) => all("[data-pick], [data-rail-toggle]", root).forEach((part) => {
    part.hidden = false;
  });

  // Who signs out leaves no prepared audit on the device; what waits to be sent stays there.
  const leave = async () => {
    const names = await window.caches?.keys() || [];
    names.filter((name) => name.startsWith("vor-ort ")).forEach((name) => caches.delete(name));
  };

  // One submit at a time. The button stays enabled, so that its name is sent and focus stays.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.signOut !== undefined) leave();
    if (form.method === "get" || form.dataset.repeat !== undefined) return;
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.busy = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  }, true);
  const release = (root) => {
    all("[data-busy]", root).forEach((form) => delete form.dataset.busy);
    all("[aria-busy]", root).forEach((button) => button.removeAttribute("aria-busy"));
  };
  window.addEventListener("pageshow", () => {
    release(document);
    countPicks();
  });

  // Keys: [data-keys="g m"] names the element a key, or two in a row, focuses or opens.
  let pending = "";
  const rows = () => all(".t tbody tr:has(th a), .work > li");
  const rowOf = (element) => rows().indexOf(element.closest("tr, .work > li"));
  const step = (by) => {
    const list = rows();
    const next = list[Math.min(Math.max(rowOf(document.activeElement) + by, 0), list.length - 1)];
    if (next) one("th a, .work__what a", next).focus();
  };
  const act = (element) => {
    const field = element.matches("input, select") ? element : one("input, select", element);
    if (field && field.type === "radio") field.click();
    if (field) return field.focus();
    if (element.matches("details")) {
      element.open = !element.open;
      return one("summary", element).focus();
    }
    return element.click();
  };
  const pressed = (key) => {
    const single = {j: () => step(1), k: () => step(-1), x: () => {
      const row = rows()[rowOf(document.activeElement)];
      const box = row && one("input[type=checkbox]", row);
      if (box) box.click();
    }}[key];
    const keys = `${pending} ${key}`.trim();
    const target = one(`[data-keys="${CSS.escape(keys)}"]`) || one(`[data-keys="${CSS.escape(key)}"]`);
    pending = !pending && one(`[data-keys^="${CSS.escape(key)} "]`) ? key : "";
    if (target) act(target);
    else if (!pending && single) single();
    return Boolean(target || single || pending);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = one("details.menu[open]");
      closeMenus();
      if (open) one("summary", open).focus();
      return;
    }
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
    const combined = event.ctrlKey || event.altKey || event.metaKey;
    if (typing || combined || document.body.dataset.shortcuts === "off") return;
    if (event.key.length === 1 && pressed(event.key)) event.preventDefault();
  });

  // Bulk bar: how many rows are ticked; the box in the head ticks them all.
  const picks = () => all("tbody .sel input[type=checkbox]");
  const countPicks = () => {
    const label = one("[data-picked]");
    const every = one("[data-pick-all]");
    if (!label || !every) return;
    const boxes = picks();
    const count = boxes.filter((box) => box.checked).length;
    label.textContent = label.dataset.picked.replace("{count}", count);
    every.checked = count === boxes.length;
    every.indeterminate = count > 0 && count < boxes.length;
    every.hidden = false;
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      picks().forEach((box) => {
        box.checked = event.target.checked;
      });
    }
    if (event.target.closest(".sel")) {
      countPicks();
      say(one("[data-picked]")?.textContent);
    }
  });

  // htmx: focus what went wrong, announce what changed, say when the line is dead.
  const offline = (is) => {
    const banner = one("[data-offline]");
    if (banner) banner.hidden = !is;
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.detail.elt || document;
    reveal(root.parentElement || root);
    countPicks();
    if (root.id === "results" && document.activeElement === document.body) root.focus();
    if (!focusProblem(root)) say(root.dataset.announce || one("[data-announce]", root)?.dataset.announce);
  });
  document.addEventListener("htmx:afterRequest", () => release(document));
  document.addEventListener("htmx:sendError", () => offline(true));
  document.addEventListener("htmx:afterOnLoad", () => offline(false));
  window.addEventListener("offline", () => offline(true));
  window.addEventListener("online", () => offline(false));

  reveal(document);
  focusProblem(document.body);
})();
