"""How well the sentences are understood, beside the stock pipeline (`make evaluate`).

`trial` trains a pipeline and notes its answers and costs; `stock` keeps those of the yardstick in
a cache; `race` asks both in turn. `scores`, `calibration`, `scope`, `robustness` (with
`perturbations`) and `values` turn answers into figures, `tables` and `charts` into pages, `report`
puts them together, `measure` runs it all, `gate` says whether it is good enough. What runs where:
`tools/evaluate.py` and `stock` in our environment, all that counts in Rasa's, `trial` and `race` in
any that holds Rasa.
"""
