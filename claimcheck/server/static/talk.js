// What the page asks the server. Copy goes in the body of a request and nowhere else.

/** What went wrong, in words for people. */
export class Problem extends Error {}

/** What the page needs to know at its start. */
export async function settings() {
  return (await answered(fetch("settings"))).json();
}

/**
 * Asks something about a text or a file.
 *
 * @param {string} what `check`, `suggest` or `report`
 * @param {{name: string, data: BodyInit}} copy
 * @param {URLSearchParams} asked
 * @param {AbortSignal} [signal] stops it
 * @returns {Promise<Response>}
 */
export function ask(what, copy, asked, signal) {
  const query = new URLSearchParams(asked);
  query.set("name", copy.name);
  const headers = { "Content-Type": "application/octet-stream" };
  return answered(fetch(`${what}?${query}`, { method: "POST", headers, body: copy.data, signal }));
}

async function answered(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("claimcheck does not answer. Is it still running?");
  }
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  throw new Problem(said.message ?? `claimcheck could not answer (${response.status}).`);
}
