// C[rows, columns] = A B, and what is to be added. With steps from row to row and from column to column of each matrix, A', B' and parts
// of wider matrices are read where they stand. A workgroup makes a tile of 32 by 32, each invocation 4 by 4 of it.

struct Call {
  rows: u32,
  columns: u32,
  depth: u32,
  a: u32, // A[i, k] stands at a + i a_row + k a_deep
  a_row: u32,
  a_deep: u32,
  b: u32, // B[k, j] stands at b + k b_deep + j b_column
  b_deep: u32,
  b_column: u32,
  c: u32, // C[i, j] stands at c + i c_row + j
  c_row: u32,
  plus: u32, // a matrix that stands as C does and is added, C itself included; or NOTHING
}

const TILE = 32u;
const DEEP = 16u;

var<workgroup> left: array<f32, 512>;
var<workgroup> right: array<f32, 512>;

// The n-th place of a tile as (across, deep), so that neighbours read neighbours in memory.
fn place(n: u32, deep_first: bool) -> vec2u {
  if (deep_first) { return vec2u(n / DEEP, n % DEEP); }
  return vec2u(n % TILE, n / TILE);
}

@compute @workgroup_size(64)
fn product(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let first_row = group.y * TILE;
  let first_column = group.x * TILE;
  let row = 4u * (lane / 8u);
  let column = 4u * (lane % 8u);
  var sums: array<vec4f, 4>;
  for (var first_deep = 0u; first_deep < call.depth; first_deep += DEEP) {
    for (var n = lane; n < TILE * DEEP; n += LANES) {
      let in_a = place(n, call.a_deep == 1u);
      let i = first_row + in_a.x;
      var k = first_deep + in_a.y;
      var value = 0.0;
      if (i < call.rows && k < call.depth) { value = memory[call.a + i * call.a_row + k * call.a_deep]; }
      left[in_a.y * TILE + in_a.x] = value;
      let in_b = place(n, call.b_deep == 1u);
      let j = first_column + in_b.x;
      k = first_deep + in_b.y;
      value = 0.0;
      if (j < call.columns && k < call.depth) { value = memory[call.b + k * call.b_deep + j * call.b_column]; }
      right[in_b.y * TILE + in_b.x] = value;
    }
    workgroupBarrier();
    for (var k = 0u; k < DEEP; k++) {
      let a = k * TILE + row;
      let b = k * TILE + column;
      let along = vec4f(right[b], right[b + 1u], right[b + 2u], right[b + 3u]);
      sums[0] += left[a] * along;
      sums[1] += left[a + 1u] * along;
      sums[2] += left[a + 2u] * along;
      sums[3] += left[a + 3u] * along;
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    let at_row = first_row + row + i;
    if (at_row >= call.rows) { break; }
    for (var j = 0u; j < 4u; j++) {
      let at_column = first_column + column + j;
      if (at_column >= call.columns) { break; }
      let at = at_row * call.c_row + at_column;
      var value = sums[i][j];
      if (call.plus != NOTHING) { value += memory[call.plus + at]; }
      memory[call.c + at] = value;
    }
  }
}
