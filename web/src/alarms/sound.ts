// The sound of an alarm, made by the browser itself (Web Audio). Browsers allow none before
// somebody has touched the page: then the page says so, and does not pretend.

import { signal } from '@preact/signals';
import type { AlarmLevel } from './types';

const KEY = 'osteon-alarm-sound';

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

/** Switched on for this device. */
export const soundIsOn = signal(stored());
/** Switched on, and the browser does not let it sound. */
export const soundIsBlocked = signal(false);
/** How often something was sounded: for tests, which hear nothing. */
export const sounded = signal(0);

let context: AudioContext | null = null;

function open(): AudioContext | null {
  if (!context && typeof AudioContext !== 'undefined') context = new AudioContext();
  return context;
}

/** Hertz and seconds: more urgent is higher and longer. */
const NOTES: Record<AlarmLevel, readonly number[]> = {
  info: [440],
  amber: [523, 523],
  red: [659, 523, 659],
  critical: [880, 659, 880, 659, 880],
};
const NOTE_S = 0.18;
const GAP_S = 0.06;

function play(audio: AudioContext, level: AlarmLevel): void {
  NOTES[level].forEach((hertz, i) => {
    const begin = audio.currentTime + i * (NOTE_S + GAP_S);
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(0.3, begin + 0.02);
    gain.gain.setValueAtTime(0.3, begin + NOTE_S - 0.03);
    gain.gain.linearRampToValueAtTime(0, begin + NOTE_S);
    tone.connect(gain).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + NOTE_S);
  });
  sounded.value += 1;
}

/** The browser's answer may never come while nobody touches the page. */
async function isAllowed(audio: AudioContext): Promise<boolean> {
  if (audio.state !== 'running') await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 300))]);
  return audio.state === 'running';
}

export function sound(level: AlarmLevel): void {
  if (!soundIsOn.value) return;
  const audio = open();
  if (!audio) {
    soundIsBlocked.value = true;
    return;
  }
  void isAllowed(audio).then((allowed) => {
    soundIsBlocked.value = !allowed;
    if (allowed) play(audio, level);
  });
}

/** A tap on the switch is also what makes the browser allow it. */
export function setSound(on: boolean): void {
  soundIsOn.value = on;
  soundIsBlocked.value = false;
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Without storage it holds until the page is closed.
  }
  if (on) sound('info');
}
