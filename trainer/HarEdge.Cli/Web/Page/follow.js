// The stream of what is new, and all that has come of it so far. Used by the worker that the tabs share, and by a page without one.

export const mostSpans = 22500;
const mostBlocks = 90;
const againMs = 3000;

export const emptySession = () => ({ sections: {}, spans: [], samples: [] });

// Adds what is new. The first of a stream holds everything, so what was before is forgotten.
export function apply(session, news) {
  if (news.isFirst) {
    Object.assign(session, emptySession());
  }

  Object.assign(session.sections, news.set);
  session.spans.push(...(news.add.spans ?? []));
  session.samples.push(...(news.add.samples ?? []));
  session.spans.splice(0, session.spans.length - mostSpans);
  session.samples.splice(0, session.samples.length - mostBlocks);
}

// Everything so far as one piece of news, for who comes later.
export const everything = ({ sections, spans, samples }) => ({ isFirst: true, set: sections, add: { spans, samples } });

// Goes on by itself: the browser asks again when the connection breaks, and this does when the browser gives up.
export function follow(onNews, onLink) {
  const source = new EventSource("snapshots");
  source.onopen = () => onLink(true);
  source.onmessage = (message) => onNews(JSON.parse(message.data));
  source.onerror = () => {
    onLink(false);
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(onNews, onLink), againMs);
    }
  };
}
