"""What runs inside Rasa: understanding, the channels, and small repairs of the framework.

==================  =====================================================================
normaliser          normalises a message once, disarms a leading "/" typed by a person
features, concepts  text -> sparse numbers (characters, pinyin, domain concepts)
sounds              the pinyin of a text
mistakes            mistyped copies of the training sentences
machine, neighbours support vectors and the nearest known sentences
linear, calibration the intent model and its calibrated scores; knows nothing of Rasa
classifier          the intent classifier component around it
extractor           puts the entities of `aftersales.language` on the message
hazard_policy       emergencies come first, in any state of the conversation
channel, rest       the gateway's private channel; the stock REST door without payloads
lock_store          conversation lock with a short retry
action_validation   the cached validator of action replies
lean                inert stand-ins for TensorFlow
==================  =====================================================================

Only `aftersales.language` (pure functions) is imported from the rest of the project.
"""
