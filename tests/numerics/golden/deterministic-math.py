# Writes deterministic-math.json: exp and ln at chosen float64 arguments, rounded to the nearest float64 from 60 digits.
# Run: python3 deterministic-math.py > deterministic-math.json   (needs mpmath)
import json, math, random
from mpmath import mp, mpf, exp, log

mp.dps = 60
random.seed(20)

def nearest(value):
    return float(value)  # mpf to float rounds to nearest, subnormal results included

exp_arguments = [0.0, 1.0, -1.0, 0.5, -0.5, 1e-300, -1e-20, 1e-9, 0.34657359027997264, 0.3465735902799727, 709.0, 709.782712893384,
                 -708.0, -708.3964185322641, -740.0, -745.1332191019411, 88.72283905206835, 1e-5]
exp_arguments += [random.uniform(-745, 709.7) for _ in range(300)]
exp_arguments += [random.uniform(-2, 2) for _ in range(300)]
log_arguments = [1.0, 2.0, 10.0, 0.5, math.e, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1 + 2**-52, 1 - 2**-53,
                 math.sqrt(2), math.sqrt(0.5), 1.4142135623730954, 1e-310]
log_arguments += [math.ldexp(random.uniform(1, 2), random.randint(-1074, 1023)) for _ in range(300)]
log_arguments += [random.uniform(0.5, 2) for _ in range(300)]
print(json.dumps({
    "exp": [[x, nearest(exp(mpf(x)))] for x in exp_arguments],
    "log": [[x, nearest(log(mpf(x)))] for x in log_arguments],
}))
