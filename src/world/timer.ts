/** Calls `work` once, after so long. Does not keep the process alive. */
export function callAfter(millis: number, work: () => void): { cancel(): void } {
  const timer = setTimeout(work, millis);
  timer.unref();
  return {
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
