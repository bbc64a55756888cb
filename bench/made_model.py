"""Writes a GGUF chat model with the shape, the block formats and the vocabulary size of a real one of half a billion
weights, and weights of no meaning: what a model costs depends on its shape alone.

    python3 bench/made_model.py OUT.gguf          24 layers of 1,024; Q4_K matrices, Q6_K embeddings; 0.3 GB
"""
import os
import pathlib
import random
import re
import struct
import sys

WIDTH, LAYERS, INNER, HEADS, KEY_HEADS, WINDOW, TOKENS = 1024, 24, 3072, 16, 4, 8192, 151_936
BLOCK = 256  # weights of a block, in both formats
U32, F32, TYPE_F32, TYPE_Q4_K, TYPE_Q6_K = 4, 6, 0, 12, 14
BOOL, STRING, ARRAY = 7, 8, 9
SPACE = "\u2581"
TEMPLATE = ("{%- for m in messages %}{{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{%- endfor %}"
            "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}")
ROOT = pathlib.Path(__file__).resolve().parent.parent


def half(value):
    return struct.pack("<e", value)


def q4_k(rng):
    """A block around zero: 4-bit numbers q, and d * s * q - m * s with the mean 7.5 of q taken off by m."""
    scales = bytes([0x21] * 12)
    return half(2e-4) + half(1.5e-3) + scales + rng.randbytes(128)


def q6_k(rng):
    return rng.randbytes(192) + bytes([16] * 16) + half(1.2e-4)


BLOCKS = {TYPE_Q4_K: q4_k, TYPE_Q6_K: q6_k}


def words():
    """The words of the texts that are asked about, so that a word is a token or a few, as in a real vocabulary."""
    texts = [*ROOT.glob("resources/sample-library/**/*.md"), *ROOT.glob("resources/sample-library/**/*.txt"),
             *ROOT.glob("engine/prompt/*.cpp"), *ROOT.glob("*.md")]
    found = {}
    for text in sorted(texts):
        for word in re.findall(r"[A-Za-z]+", text.read_text(encoding="utf-8", errors="ignore")):
            for end in range(1, len(word) + 1):
                found[SPACE + word[:end]] = None
    return list(found)


def vocabulary():
    """Tokens and their kinds (1 normal, 2 unknown, 3 control, 6 byte); joined from left to right, so prefixes come along."""
    tokens = [("<unk>", 2), ("<s>", 3), ("<|im_end|>", 3)] + [(f"<0x{byte:02X}>", 6) for byte in range(256)]
    tokens += [(SPACE, 1)] + [(chr(code), 1) for code in range(33, 127)] + [("<|im_start|>", 3)]
    tokens += [(word, 1) for word in words()]
    tokens += [(f"{SPACE}~{number}", 1) for number in range(TOKENS - len(tokens))]
    return tokens[:TOKENS]


def text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def metadata(tokens):
    def entry(key, kind, packed):
        entries.append(text(key) + struct.pack("<I", kind) + packed)

    def array(key, kind, packed):
        entry(key, ARRAY, struct.pack("<IQ", kind, len(tokens)) + packed)

    entries = []
    for key, value in {"general.architecture": "llama", "general.name": "made for measurements",
                       "tokenizer.ggml.model": "llama", "tokenizer.chat_template": TEMPLATE}.items():
        entry(key, STRING, text(value))
    for key, value in {"context_length": WINDOW, "embedding_length": WIDTH, "block_count": LAYERS,
                       "feed_forward_length": INNER, "attention.head_count": HEADS, "attention.head_count_kv": KEY_HEADS,
                       "rope.dimension_count": WIDTH // HEADS, "vocab_size": len(tokens)}.items():
        entry("llama." + key, U32, struct.pack("<I", value))
    entry("llama.attention.layer_norm_rms_epsilon", F32, struct.pack("<f", 1e-5))
    array("tokenizer.ggml.tokens", STRING, b"".join(text(token) for token, _ in tokens))
    scores = (-number if kind == 1 else 0 for number, (_, kind) in enumerate(tokens))
    array("tokenizer.ggml.scores", F32, b"".join(struct.pack("<f", score) for score in scores))
    array("tokenizer.ggml.token_type", 5, b"".join(struct.pack("<i", kind) for _, kind in tokens))
    for name, number in {"unknown": 0, "bos": 1, "eos": 2, "eot": 2}.items():
        entry(f"tokenizer.ggml.{name}_token_id", U32, struct.pack("<I", number))
    for name in ("add_bos_token", "add_space_prefix"):
        entry("tokenizer.ggml." + name, BOOL, b"\0")
    return entries


def tensors():
    """Name, dimensions (the fastest first) and format of each."""
    yield "token_embd.weight", (WIDTH, TOKENS), TYPE_Q6_K
    yield "output_norm.weight", (WIDTH,), TYPE_F32
    keys = WIDTH // HEADS * KEY_HEADS
    for layer in range(LAYERS):
        for name, inputs, outputs in (("attn_q", WIDTH, WIDTH), ("attn_k", WIDTH, keys), ("attn_v", WIDTH, keys),
                                      ("attn_output", WIDTH, WIDTH), ("ffn_gate", WIDTH, INNER), ("ffn_up", WIDTH, INNER),
                                      ("ffn_down", INNER, WIDTH)):
            yield f"blk.{layer}.{name}.weight", (inputs, outputs), TYPE_Q4_K
        for name in ("attn_norm", "ffn_norm"):
            yield f"blk.{layer}.{name}.weight", (WIDTH,), TYPE_F32


def weights(dimensions, kind, rng):
    """Blocks repeat: a row of other blocks computes no faster and no slower."""
    if kind == TYPE_F32:
        return struct.pack("<f", 1.0) * dimensions[0]
    count = dimensions[0] * dimensions[1] // BLOCK
    some = b"".join(BLOCKS[kind](rng) for _ in range(min(count, 4099)))
    size = len(some) // min(count, 4099) * count
    return (some * (size // len(some) + 1))[:size]


def write(path):
    rng = random.Random(1)
    entries = metadata(vocabulary())
    shapes = list(tensors())
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(entries)) + b"".join(entries)
    sizes = {TYPE_F32: 4 * BLOCK, TYPE_Q4_K: 144, TYPE_Q6_K: 210}
    offset = 0
    for name, dimensions, kind in shapes:
        head += text(name) + struct.pack(f"<I{len(dimensions)}QIQ", len(dimensions), *dimensions, kind, offset)
        bytes_ = sizes[kind] * dimensions[0] * (dimensions[1] if len(dimensions) > 1 else 1) // BLOCK
        offset += (bytes_ + 31) // 32 * 32
    half_done = pathlib.Path(f"{path}.part")
    with open(half_done, "wb") as out:
        out.write(head + b"\0" * (-len(head) % 32))
        for _, dimensions, kind in shapes:
            data = weights(dimensions, kind, rng)
            out.write(data + b"\0" * (-len(data) % 32))
    os.replace(half_done, path)


if __name__ == "__main__":
    write(sys.argv[1])
