// Reading a label with the tablet's camera, where the browser itself reads such codes.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Notice } from '../ui/parts';
import { words } from './words';

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
type DetectorMaker = new (options: { formats: string[] }) => Detector;

const FORMATS = ['data_matrix', 'code_128', 'qr_code'];
const LOOK_MS = 200;

function maker(): DetectorMaker | undefined {
  return (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
}

export function hasCamera(): boolean {
  return maker() !== undefined && navigator.mediaDevices !== undefined;
}

function useReading(video: { current: HTMLVideoElement | null }, isOn: boolean, onText: (text: string) => void, onFault: () => void): void {
  useEffect(() => {
    const Made = maker();
    if (!isOn || !Made) return;
    let stream: MediaStream | null = null;
    let timer = 0;
    let isOver = false;
    const detector = new Made({ formats: FORMATS });
    const look = async (): Promise<void> => {
      if (isOver || !video.current) return;
      const [found] = await detector.detect(video.current).catch(() => []);
      if (isOver) return;
      if (found) onText(found.rawValue);
      else timer = window.setTimeout(() => void look(), LOOK_MS);
    };
    const begin = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (isOver || !video.current) return end();
      video.current.srcObject = stream;
      await video.current.play();
      await look();
    };
    const end = (): void => {
      isOver = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    begin().catch(onFault);
    return end;
  }, [isOn]);
}

export function Camera({ onText }: { onText: (text: string) => void }): JSX.Element {
  const [isOn, setOn] = useState(false);
  const [failed, setFailed] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const said = words();
  const stop = (isFault: boolean): void => {
    setOn(false);
    setFailed(isFault);
  };
  useReading(
    video,
    isOn,
    (text) => {
      stop(false);
      onText(text);
    },
    () => stop(true),
  );
  return (
    <>
      {isOn ? <video ref={video} class="bedside-camera" muted playsInline /> : null}
      {failed ? <Notice tone="wait" title={said.cameraFault} live="polite" /> : null}
      <Button onClick={() => setOn(!isOn)}>{isOn ? said.cameraStop : said.camera}</Button>
    </>
  );
}
