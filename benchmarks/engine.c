/* The benchmark model in plain C, members innermost in 32 lanes: the limit that a SIMD program can reach here.
   Same laws and the same number of hashes, logarithms and exponentials as benchmark_model.py. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define L 32
#define STOCKS 60
#define CHOICES 12
#define COUNTS 4
#define NORMALS 30
#define CAP 7
#define RECORDS 10

static inline uint32_t mix(uint32_t x) {
  x ^= x >> 16; x *= 0x7FEB352Du; x ^= x >> 15; x *= 0x846CA68Bu; return x ^ (x >> 16);
}
static inline float uni(uint32_t slot, uint32_t mk) {
  return (float)(mix(slot * 0x9E3779B9u ^ mk) >> 9) * 0x1p-23f + 0x1p-24f;
}
/* inverse of erf, Giles (2012), single precision */
static inline float erfinvf_(float x) {
  float w = -logf((1.0f - x) * (1.0f + x));
  float a = w - 2.5f, p = 2.81022636e-08f;
  p = 3.43273939e-07f + p * a; p = -3.5233877e-06f + p * a; p = -4.39150654e-06f + p * a;
  p = 0.00021858087f + p * a; p = -0.00125372503f + p * a; p = -0.00417768164f + p * a;
  p = 0.246640727f + p * a; p = 1.50140941f + p * a;
  float b = sqrtf(w) - 3.0f, q = -0.000200214257f;
  q = 0.000100950558f + q * b; q = 0.00134934322f + q * b; q = -0.00367342844f + q * b;
  q = 0.00573950773f + q * b; q = -0.0076224613f + q * b; q = 0.00943887047f + q * b;
  q = 1.00167406f + q * b; q = 2.83297682f + q * b;
  return (w < 5.0f ? p : q) * x;
}

/* kinds/values may be NULL (bare); out is [months][RECORDS][members] or NULL; logw [members] or NULL */
void run(int members, int months, int start, const uint32_t *keys, const int8_t *kinds, const float *values,
         float *out, float *logw, double *checksum) {
  const float decay = 0.95f, gain = 0.1f, rate = 0.8f, sd = 0.2f;
  double total = 0.0;
  const int lanes_per_choice = 8, count0 = CHOICES * 8, lanes_per_count = 3, normal0 = count0 + COUNTS * lanes_per_count;
#pragma omp parallel for schedule(static) reduction(+ : total)
  for (int m0 = 0; m0 < members; m0 += L) {
    float x[STOCKS][L], y[STOCKS][L], w[L];
    float act[CHOICES][L], cnt[COUNTS][L], shock[NORMALS][L];
    uint32_t mk[normal0 + NORMALS];
    for (int i = 0; i < STOCKS; i++) for (int l = 0; l < L; l++) x[i][l] = 0.01f * i;
    for (int l = 0; l < L; l++) w[l] = 0.0f;
    for (int t = 0; t < months; t++) {
      for (int k = 0; k < normal0 + NORMALS; k++) mk[k] = mix((uint32_t)(start + t) * 0x85EBCA6Bu ^ keys[k]);
      for (int c = 0; c < CHOICES; c++) {
        const uint32_t *key = mk + c * lanes_per_choice;
        int row = kinds ? kinds[t * (CHOICES + COUNTS + NORMALS) + c] : 0;
        float seen = kinds ? values[t * (CHOICES + COUNTS + NORMALS) + c] : 0.0f;
#pragma omp simd
        for (int l = 0; l < L; l++) {
          uint32_t s = (uint32_t)(m0 + l);
          float u0 = 0.5f * x[5 * c][l], u1 = x[5 * c + 1][l] - 0.2f, u2 = 0.3f * x[5 * c + 2][l] + x[5 * c][l],
                u3 = x[5 * c + 3][l] * x[5 * c + 1][l];
          float e0 = expf(-u0), e1 = expf(-u1), e2 = expf(-u2), e3 = expf(-u3);
          float r0 = -logf(uni(s, key[0])) * e0, r1 = -logf(uni(s, key[1])) * e1, r2 = -logf(uni(s, key[2])) * e2,
                r3 = -logf(uni(s, key[3])) * e3;
          float best = r0, k = 0.0f;
          k = r1 < best ? 1.0f : k; best = r1 < best ? r1 : best;
          k = r2 < best ? 2.0f : k; best = r2 < best ? r2 : best;
          k = r3 < best ? 3.0f : k;
          act[c][l] = row ? seen : k;
          if (row == 1) {
            float lse = logf(1.0f / e0 + 1.0f / e1 + 1.0f / e2 + 1.0f / e3);
            w[l] += (seen == 0.0f ? u0 : seen == 1.0f ? u1 : seen == 2.0f ? u2 : u3) - lse;
          }
        }
      }
      for (int c = 0; c < COUNTS; c++)
#pragma omp simd
        for (int l = 0; l < L; l++) {
          float m = fminf(rate * (1.0f + 0.1f * fabsf(x[7 * c][l])), 2.0f), p = expf(-m), cdf = p, n = 0.0f;
          float u = uni((uint32_t)(m0 + l), mk[count0 + lanes_per_count * c]);
          for (int k = 1; k <= CAP; k++) { n += u > cdf ? 1.0f : 0.0f; p *= m * (1.0f / k); cdf += p; }
          cnt[c][l] = n;
        }
      for (int n = 0; n < NORMALS; n++)
#pragma omp simd
        for (int l = 0; l < L; l++)
          shock[n][l] = sd * 1.41421356f * erfinvf_(2.0f * uni((uint32_t)(m0 + l), mk[normal0 + n]) - 1.0f);
      for (int i = 0; i < STOCKS; i++)
#pragma omp simd
        for (int l = 0; l < L; l++) {
          float push = (act[i % CHOICES][l] == (float)(i % 4) ? gain : 0.0f) + 0.01f * cnt[i % COUNTS][l];
          float v = decay * x[i][l] + 0.02f * x[(i + 7) % STOCKS][l] + push + shock[i % NORMALS][l];
          y[i][l] = fminf(fmaxf(v, -4.0f), 4.0f);
        }
      memcpy(x, y, sizeof x);
      if (out)
        for (int r = 0; r < RECORDS; r++)
          memcpy(out + ((size_t)t * RECORDS + r) * members + m0, x[r], sizeof(float) * L);
    }
    for (int l = 0; l < L; l++) total += x[0][l];
    if (logw) memcpy(logw + m0, w, sizeof w);
  }
  *checksum = total;
}
