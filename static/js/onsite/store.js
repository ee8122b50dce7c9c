// What waits on this device: answers and photos, each of one person and one audit, under a key
// that the server knows it by. Beside them the list of cards of every prepared audit.
const ENTRIES = "entries";
const AUDITS = "audits";

const open = () => new Promise((resolve, reject) => {
  const request = indexedDB.open("winback-vor-ort", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ENTRIES, {keyPath: "key"});
    request.result.createObjectStore(AUDITS);
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// One transaction; resolves with what `work` asked for when everything is on the disk.
const inside = async (table, mode, work) => {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode, {durability: "strict"});
      const request = work(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};

// Answers come first: a photo needs the answer it proves.
const inOrder = (one, other) =>
  one.kind.localeCompare(other.kind) || one.entered.localeCompare(other.entered);

export const waiting = async ({person, audit}) => {
  const all = await inside(ENTRIES, "readonly", (table) => table.getAll());
  return all.filter((entry) => entry.person === person && entry.audit === audit).sort(inOrder);
};

export const save = (entry) => inside(ENTRIES, "readwrite", (table) => table.put(entry));

export const remove = (entries) => inside(ENTRIES, "readwrite", (table) => {
  entries.forEach((entry) => table.delete(entry.key));
});

// Of one question only the last answer waits: what it replaces was never sent.
export const keep = async (whose, facts) => {
  const entered = new Date().toISOString();
  const entry = {...whose, ...facts, key: crypto.randomUUID(), entered};
  const before = facts.kind === "answer"
    ? (await waiting(whose)).filter((each) => each.kind === "answer" && each.code === facts.code)
    : [];
  await save(entry);
  await remove(before);
};

const nameOf = ({person, audit}) => `${person} ${audit}`;
export const saveCards = (whose, cards) =>
  inside(AUDITS, "readwrite", (table) => table.put(cards, nameOf(whose)));
export const cardsOf = async (whose) =>
  await inside(AUDITS, "readonly", (table) => table.get(nameOf(whose))) || [];
