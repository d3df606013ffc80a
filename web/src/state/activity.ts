// When somebody was last active here, shared between the tabs of a browser and kept over a reload.

const KEY = 'osteon-active';

export function shareActivity(at: number): void {
  try {
    localStorage.setItem(KEY, String(at));
  } catch {
    // Without storage each tab counts for itself.
  }
}

export function sharedActivity(): number {
  try {
    return Number(localStorage.getItem(KEY) ?? 0);
  } catch {
    return 0;
  }
}
