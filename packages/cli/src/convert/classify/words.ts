/** The words of a name, lower case, however they are joined: `accountUserId`, `account_user_id`, `Account-User ID`. */
export function wordsOf(name: string): readonly string[] {
  return (
    name
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
      .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1_$2")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      // Names that lost their capitals: `OwnerUserID` written without quotes.
      .flatMap((word) => word.split(/(?<=^[a-z]{4,})(?=userid$)|(?<=^[a-z]{4,}user)(?=id$)/))
      .filter((word) => word !== "")
  );
}

/** The words with an underscore between: what patterns are written for. */
export function snakeOf(name: string): string {
  return wordsOf(name).join("_");
}

const irregular: Readonly<Record<string, string>> = {
  people: "person",
  children: "child",
  men: "man",
  indices: "index",
};

/** What a word may be the plural of, itself included. English has no better rule. */
function formsOf(word: string): readonly string[] {
  const forms = [word];
  if (word in irregular) forms.push(irregular[word] ?? word);
  if (/ves$/.test(word)) forms.push(word.replace(/ves$/, "f"), word.replace(/ves$/, "fe"));
  if (/ies$/.test(word)) forms.push(word.replace(/ies$/, "y"));
  if (/(s|x|z|ch|sh|o)es$/.test(word)) forms.push(word.replace(/es$/, ""));
  if (/[^s]s$/.test(word)) forms.push(word.replace(/s$/, ""));
  return forms;
}

/** Whether two names mean the same thing, one or many of it. */
export function sameNoun(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length || left.length === 0) return false;
  const last = left.length - 1;
  if (left.slice(0, last).join("_") !== right.slice(0, last).join("_")) return false;
  const forms = formsOf(left[last] ?? "");
  return formsOf(right[last] ?? "").some((form) => forms.includes(form));
}

export function endsWithNoun(words: readonly string[], end: readonly string[]): boolean {
  return words.length > end.length && end.length > 0 && sameNoun(words.slice(-end.length), end);
}

export function startsWithNoun(words: readonly string[], start: readonly string[]): boolean {
  return words.length > start.length && start.length > 0 && sameNoun(words.slice(0, start.length), start);
}

/** What a column that refers to a row calls it: `website` of `website_id`; null where it is none by its name. */
export function stemOf(column: string): readonly string[] | null {
  const words = wordsOf(column);
  const last = words.at(-1) ?? "";
  if (words.length === 1 && last === "uid") return null;
  if (words.length > 1 && /^(id|uuid|guid|fk|uid|pk)$/.test(last)) return words.slice(0, -1);
  if (words.length === 1 && /^[a-z]{3,}id$/.test(last) && last !== "uuid" && !/(paid|valid|void|avoid)$/.test(last))
    return [last.replace(/id$/, "")];
  return null;
}

/** Whether a column holds a key that says nothing itself, rather than a code or a name. */
export function isSurrogate(column: string): boolean {
  return /(^|_)(id|uuid)$/.test(snakeOf(column)) || stemOf(column) !== null;
}

/** Who did something to a row: nobody's ownership follows from that where there is anything better. */
const actorWord =
  /(^|_)(acting|author|creator|created|updated|updater|modified|modifier|edited|editor|deleted|removed|archived|assign|assigned|assignee|assigner|reviewed|reviewer|approved|approver|rejected|resolved|resolver|closed|opened|reported|reporter|uploaded|uploader|invited|inviter|sender|sent|actor|moderator|moderated|locked|published|publisher|verified|completed|completer|processed|performed|added|requested|requester|responsible|last|changed|granted|submitted|submitter|signer|poster|posted|commenter|voter|reactor|liker|viewer|mentioned)(_|$)/;

/** The other side of a share. */
const granteeWord =
  /(^|_)(grantee|recipient|receiver|shared_with|shared_to|target|to|friend|followee|followed|following|invitee|invited|member|collaborator|participant|guest|other|second|contact|blocked|partner|delegate|beneficiary)(_|$)/;

const actorBy = /_by(_id|_user_id|_user|_uid)?$|^by_/;

/** What a column says of the user whom it names. */
export function roleOfUserColumn(column: string): "owner" | "creator" | "actor" | "grantee" {
  const name = snakeOf(column);
  if (/(^|_)(creator|created_by|created_by_id|author|added_by|created_by_user|posted_by|poster)(_|$)/.test(name))
    return "creator";
  if (saysOwner(column) || /^from(_|$|id$)/.test(name)) return "owner";
  if (actorBy.test(name)) return "actor";
  if (granteeWord.test(name)) return "grantee";
  return actorWord.test(name) || /._user(_id|_uuid|id)?$/.test(name) ? "actor" : "owner";
}

/** Whether a column calls whom it names the owner, rather than that being the best guess. */
export function saysOwner(column: string): boolean {
  return /^(uid|user|usr|(app|auth)_user|owner|owned_by|member|account|profile|granter|grantor|shared_by|granted_by|delegated_by)(_|$|id$)/.test(
    snakeOf(column),
  );
}

/** Whether a column is called after a person and nothing else, as `owner` is. */
export function saysPerson(column: string): boolean {
  return /^(owner|user|creator|author)$/.test(snakeOf(column));
}

/** Whether a column without a foreign key can mean a person at all. */
export function namesPerson(column: string): boolean {
  const name = snakeOf(column);
  if (name === "uid") return true;
  if (/^(user|usr|owner|owned_by|member|person|customer|account|profile)(_id|_uuid|_uid|id|uid)?$/.test(name))
    return /id$|by$/.test(name);
  if (
    /^(created|updated|deleted|modified|owned|assigned|reviewed|approved|uploaded|edited|invited|added|archived|resolved)_by(_id)?$/.test(
      name,
    )
  )
    return true;
  return (
    /(_|^)(id|uid|uuid)$/.test(name) && (actorWord.test(name) || /(^|_)(owner|user|grantee|assignee)(_|$)/.test(name))
  );
}
