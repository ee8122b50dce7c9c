// What a card shows of the answers and photos that wait on this device.
const one = (selector) => document.querySelector(selector);
const words = one("#device").dataset;
const clock = (entered) => new Date(entered).toLocaleTimeString(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit",
});

const thumbnail = (entry) => {
  const item = document.createElement("li");
  const image = document.createElement("img");
  image.src = URL.createObjectURL(entry.photo);
  image.onload = () => URL.revokeObjectURL(image.src);
  image.alt = `${words.photo} ${clock(entry.entered)}`;
  item.dataset.kept = entry.key;
  item.append(image);
  return item;
};
const album = () => {
  const found = one("#photos .photos");
  if (found) return found;
  const list = document.createElement("ul");
  list.className = "photos";
  one("#photos [name=photo]").before(list);
  return list;
};
const showPhotos = (photos) => {
  const kept = new Set(photos.map((entry) => entry.key));
  document.querySelectorAll("#photos [data-kept]").forEach((item) => {
    if (!kept.delete(item.dataset.kept)) item.remove();
  });
  const missing = photos.filter((entry) => kept.has(entry.key));
  if (missing.length) album().append(...missing.map(thumbnail));
};

export const showKept = (entries) => {
  showPhotos(entries.filter((entry) => entry.kind === "photo"));
  const answer = entries.find((entry) => entry.kind === "answer");
  if (!answer) return;
  const form = one("#question");
  form.elements.result.value = answer.result;
  if (document.activeElement !== form.elements.note) form.elements.note.value = answer.note;
  const state = one("#kept").content.cloneNode(true);
  state.querySelector("[data-time]").textContent = clock(answer.entered);
  one("#saved > :not(.sub)").replaceWith(state);
};

export const showProgress = (cards, entries) => {
  const kept = new Set(entries.filter((entry) => entry.kind === "answer").map((entry) => entry.code));
  const isDone = (card) => card.answered || kept.has(card.code);
  const done = cards.filter(isDone).length;
  one("#saved .sub").textContent = words.progress
    .replace("{answered}", done).replace("{asked}", cards.length);
  one("#progress .ac").setAttribute("width", done);
  const groups = Map.groupBy ? Map.groupBy(cards, (card) => card.group) : new Map();
  [...groups].forEach(([name, asked], place) => {
    const chip = document.querySelectorAll("#groups .chip")[place];
    if (chip) chip.textContent = `${name} ${asked.filter(isDone).length}/${asked.length}`;
  });
};

// What counts may be what somebody else entered later; a field changed since stays.
const adopt = (fresh, sent) => {
  const fields = one("#question").elements;
  const theirs = fresh.getElementById("question").elements;
  if (!sent || fields.result.value !== sent.result || fields.note.value !== sent.note) return;
  fields.result.value = theirs.result.value;
  fields.note.value = theirs.note.value;
};

// After sending: the parts of the card as the server knows them now.
export const refreshCard = async (sent) => {
  const response = await fetch(window.location.href, {redirect: "error"}).catch(() => null);
  if (!response?.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  adopt(fresh, sent.find((entry) => entry.kind === "answer"));
  ["saved", "progress", "groups", "photos", "proposal", "late"].forEach((name) => {
    const part = document.importNode(fresh.getElementById(name), true);
    document.getElementById(name).replaceWith(part);
    window.htmx.process(part);
  });
};
