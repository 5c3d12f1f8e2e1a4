// Rotary embeddings (Su et al., 2021, arXiv 2104.09864): turns queries and keys, the first two thirds of each row, by their position.

struct Call {
  rows: u32,
  qkv: u32, // [rows, 3 WIDTH]
  positions: u32, // in words: [rows]
  cosines: u32, // [context, HEAD / 2]
  sines: u32,
  back: u32, // 1 turns back
}

@compute @workgroup_size(256)
fn rotate(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  // Each row has WIDTH pairs: HEAD / 2 in each head of queries and of keys.
  for (var n = id.x; n < call.rows * WIDTH; n += groups.x * 256u) {
    let row = n / WIDTH;
    let i = n % (HEAD / 2u);
    let at = call.qkv + row * 3u * WIDTH + (n % WIDTH) / (HEAD / 2u) * HEAD + i;
    let turn = words[call.positions + row] * (HEAD / 2u) + i;
    let cosine = memory[call.cosines + turn];
    var sine = memory[call.sines + turn];
    if (call.back == 1u) { sine = -sine; }
    let a = memory[at];
    let b = memory[at + HEAD / 2u];
    memory[at] = a * cosine - b * sine;
    memory[at + HEAD / 2u] = b * cosine + a * sine;
  }
}
