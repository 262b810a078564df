"""Golden values of log-mel and MFCC, from librosa 0.11.0 in float64.

    python3 -m venv venv && venv/bin/pip install librosa && venv/bin/python tests/golden/sound/sound.py

The waves are made by integer arithmetic, so that the test makes the same ones; their 16-bit values are read as shares of 32768.
"""
import json
from pathlib import Path

import librosa
import numpy as np

ROUND = 6


def wave(length: int, seed: int) -> np.ndarray:
    """A sweep of triangles with noise, loud in the middle."""
    state = seed
    values = []
    for at in range(length):
        state = (1103515245 * state + 12345) % 2147483648
        noise = state // 65536 % 2001 - 1000
        period = 16 + at * 60 // length
        phase = at % period
        triangle = (4 * min(phase, period - phase) - period) * 400
        loud = min(at, length - at) * 32 // length
        values.append(max(-32768, min(32767, (triangle + noise) * loud // 16)))
    return np.array(values, dtype=np.int64)


CASES = [
    dict(name="slaney", rate=8000, length=2000, seed=1, scale="slaney", bands=40, window_ms=25, hop_ms=10),
    dict(name="htk", rate=16000, length=3001, seed=2, scale="htk", bands=26, window_ms=25, hop_ms=10),
    dict(name="many bands", rate=22050, length=1500, seed=3, scale="slaney", bands=80, window_ms=46, hop_ms=12),
    dict(name="shorter than a window", rate=8000, length=90, seed=4, scale="htk", bands=20, window_ms=32, hop_ms=16),
    dict(name="silence with a click", rate=8000, length=1200, seed=0, scale="slaney", bands=20, window_ms=25, hop_ms=10),
]


def golden(case: dict) -> dict:
    rate, length = case["rate"], case["length"]
    whole = wave(length, case["seed"])
    if case["seed"] == 0:
        whole[:] = 0
        whole[length // 2] = 20000
    y = whole.astype(np.float64) / 32768
    window = max(2, round(case["window_ms"] * rate / 1000))
    hop = max(1, round(case["hop_ms"] * rate / 1000))
    size = 1 << (window - 1).bit_length()
    mel = librosa.feature.melspectrogram(
        y=y, sr=rate, n_fft=size, hop_length=hop, win_length=window, window="hann", center=True, pad_mode="constant",
        power=2.0, n_mels=case["bands"], fmin=0.0, fmax=rate / 2, htk=case["scale"] == "htk",
        norm="slaney" if case["scale"] == "slaney" else None, dtype=np.float64,
    )
    decibels = librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=80.0)
    mfcc = librosa.feature.mfcc(S=decibels, n_mfcc=13, dct_type=2, norm="ortho", lifter=0)
    return {
        **case,
        "wave": [int(value) for value in whole[:8]],
        "logMel": np.round(decibels.T, ROUND).tolist(),
        "mfcc": np.round(mfcc.T, ROUND).tolist(),
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("sound.json")
    out.write_text(json.dumps([golden(case) for case in CASES], separators=(",", ":")) + "\n")
    print(librosa.__version__, out.stat().st_size)
